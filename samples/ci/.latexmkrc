# latexmk makes references.bib from zotero.json when it is missing or older.
add_cus_dep('json', 'bib', 0, 'bibferry');
sub bibferry {
    return system('bibferry', 'zotero.json', '-o', 'references.bib') if $_[0] eq 'references';
    return 0;
}
