_bibferry() {
    local i cur prev opts cmd
    COMPREPLY=()
    if [[ "${BASH_VERSINFO[0]}" -ge 4 ]]; then
        cur="$2"
    else
        cur="${COMP_WORDS[COMP_CWORD]}"
    fi
    prev="$3"
    cmd=""
    opts=""

    for i in "${COMP_WORDS[@]:0:COMP_CWORD}"
    do
        case "${cmd},${i}" in
            ",$1")
                cmd="bibferry"
                ;;
            bibferry,authors)
                cmd="bibferry__subcmd__authors"
                ;;
            bibferry,check)
                cmd="bibferry__subcmd__check"
                ;;
            bibferry,completions)
                cmd="bibferry__subcmd__completions"
                ;;
            bibferry,config)
                cmd="bibferry__subcmd__config"
                ;;
            bibferry,convert)
                cmd="bibferry__subcmd__convert"
                ;;
            bibferry,explain)
                cmd="bibferry__subcmd__explain"
                ;;
            bibferry,formats)
                cmd="bibferry__subcmd__formats"
                ;;
            bibferry,help)
                cmd="bibferry__subcmd__help"
                ;;
            bibferry,man)
                cmd="bibferry__subcmd__man"
                ;;
            bibferry__subcmd__help,authors)
                cmd="bibferry__subcmd__help__subcmd__authors"
                ;;
            bibferry__subcmd__help,check)
                cmd="bibferry__subcmd__help__subcmd__check"
                ;;
            bibferry__subcmd__help,completions)
                cmd="bibferry__subcmd__help__subcmd__completions"
                ;;
            bibferry__subcmd__help,config)
                cmd="bibferry__subcmd__help__subcmd__config"
                ;;
            bibferry__subcmd__help,convert)
                cmd="bibferry__subcmd__help__subcmd__convert"
                ;;
            bibferry__subcmd__help,explain)
                cmd="bibferry__subcmd__help__subcmd__explain"
                ;;
            bibferry__subcmd__help,formats)
                cmd="bibferry__subcmd__help__subcmd__formats"
                ;;
            bibferry__subcmd__help,help)
                cmd="bibferry__subcmd__help__subcmd__help"
                ;;
            bibferry__subcmd__help,man)
                cmd="bibferry__subcmd__help__subcmd__man"
                ;;
            *)
                ;;
        esac
    done

    case "${cmd}" in
        bibferry)
            opts="-h -V --help --version convert check formats authors explain config completions man help"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 1 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        bibferry__subcmd__authors)
            opts="-f -q -h --from --encoding --map --repair --max-record --max-fields --max-input --threads --block-size --no-config --author --diagnostics --level --quiet --color --help"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 2 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --from)
                    COMPREPLY=($(compgen -W "bibtex biblatex ris json jsonl csl-json csl-yaml arrow csv tsv" -- "${cur}"))
                    return 0
                    ;;
                -f)
                    COMPREPLY=($(compgen -W "bibtex biblatex ris json jsonl csl-json csl-yaml arrow csv tsv" -- "${cur}"))
                    return 0
                    ;;
                --encoding)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --map)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --repair)
                    COMPREPLY=($(compgen -W "off safe all" -- "${cur}"))
                    return 0
                    ;;
                --max-record)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --max-fields)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --max-input)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --threads)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --block-size)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --author)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --diagnostics)
                    COMPREPLY=($(compgen -W "text json sarif github errorformat" -- "${cur}"))
                    return 0
                    ;;
                --level)
                    COMPREPLY=($(compgen -W "all=off all=note all=warning all=error note=off note=note note=warning note=error warning=off warning=note warning=warning warning=error error=off error=note error=warning error=error encoding-guessed=off encoding-guessed=note encoding-guessed=warning encoding-guessed=error encoding-invalid=off encoding-invalid=note encoding-invalid=warning encoding-invalid=error encoding-read=off encoding-read=note encoding-read=warning encoding-read=error encoding-overruled=off encoding-overruled=note encoding-overruled=warning encoding-overruled=error record-too-long=off record-too-long=note record-too-long=warning record-too-long=error record-too-wide=off record-too-wide=note record-too-wide=warning record-too-wide=error more-findings=off more-findings=note more-findings=warning more-findings=error field-unknown=off field-unknown=note field-unknown=warning field-unknown=error field-repeated=off field-repeated=note field-repeated=warning field-repeated=error csv-not-available=off csv-not-available=note csv-not-available=warning csv-not-available=error type-unknown=off type-unknown=note type-unknown=warning type-unknown=error type-missing=off type-missing=note type-missing=warning type-missing=error date-literal=off date-literal=note date-literal=warning date-literal=error date-conflict=off date-conflict=note date-conflict=warning date-conflict=error name-commas=off name-commas=note name-commas=warning name-commas=error names-on-one-line=off names-on-one-line=note names-on-one-line=warning names-on-one-line=error id-invalid=off id-invalid=note id-invalid=warning id-invalid=error crossref-missing=off crossref-missing=note crossref-missing=warning crossref-missing=error crossref-cycle=off crossref-cycle=note crossref-cycle=warning crossref-cycle=error inherited-too-much=off inherited-too-much=note inherited-too-much=warning inherited-too-much=error xdata-unused=off xdata-unused=note xdata-unused=warning xdata-unused=error json-invalid=off json-invalid=note json-invalid=warning json-invalid=error json-value=off json-value=note json-value=warning json-value=error key-duplicate=off key-duplicate=note key-duplicate=warning key-duplicate=error key-sanitised=off key-sanitised=note key-sanitised=warning key-sanitised=error citation-undefined=off citation-undefined=note citation-undefined=warning citation-undefined=error citations-missing=off citations-missing=note citations-missing=warning citations-missing=error character-unmapped=off character-unmapped=note character-unmapped=warning character-unmapped=error carried-conflict=off carried-conflict=note carried-conflict=warning carried-conflict=error field-missing=off field-missing=note field-missing=warning field-missing=error date-in-words=off date-in-words=note date-in-words=warning date-in-words=error number-in-words=off number-in-words=note number-in-words=warning number-in-words=error verify-differs=off verify-differs=note verify-differs=warning verify-differs=error output-failed=off output-failed=note output-failed=warning output-failed=error output-left-over=off output-left-over=note output-left-over=warning output-left-over=error in-place-loss=off in-place-loss=note in-place-loss=warning in-place-loss=error loss-dropped=off loss-dropped=note loss-dropped=warning loss-dropped=error loss-narrowed=off loss-narrowed=note loss-narrowed=warning loss-narrowed=error loss-merged=off loss-merged=note loss-merged=warning loss-merged=error loss-moved=off loss-moved=note loss-moved=warning loss-moved=error loss-redundant=off loss-redundant=note loss-redundant=warning loss-redundant=error loss-added=off loss-added=note loss-added=warning loss-added=error input-failed=off input-failed=note input-failed=warning input-failed=error input-empty=off input-empty=note input-empty=warning input-empty=error repair-number-space=off repair-number-space=note repair-number-space=warning repair-number-space=error repair-url=off repair-url=note repair-url=warning repair-url=error repair-url-spaces=off repair-url-spaces=note repair-url-spaces=warning repair-url-spaces=error repair-abbreviation=off repair-abbreviation=note repair-abbreviation=warning repair-abbreviation=error repair-hyphenation=off repair-hyphenation=note repair-hyphenation=warning repair-hyphenation=error repair-tex=off repair-tex=note repair-tex=warning repair-tex=error repair-tex-unknown=off repair-tex-unknown=note repair-tex-unknown=warning repair-tex-unknown=error repair-quotes=off repair-quotes=note repair-quotes=warning repair-quotes=error repair-dashes=off repair-dashes=note repair-dashes=warning repair-dashes=error repair-capitals=off repair-capitals=note repair-capitals=warning repair-capitals=error title-capitals=off title-capitals=note title-capitals=warning title-capitals=error names-et-al=off names-et-al=note names-et-al=warning names-et-al=error names-by-commas=off names-by-commas=note names-by-commas=warning names-by-commas=error names-by-other-word=off names-by-other-word=note names-by-other-word=warning names-by-other-word=error names-unseparated=off names-unseparated=note names-unseparated=warning names-unseparated=error name-suffix-out-of-place=off name-suffix-out-of-place=note name-suffix-out-of-place=warning name-suffix-out-of-place=error name-with-role=off name-with-role=note name-with-role=warning name-with-role=error names-empty=off names-empty=note names-empty=warning names-empty=error names-in-capitals=off names-in-capitals=note names-in-capitals=warning names-in-capitals=error bib-side-by-side=off bib-side-by-side=note bib-side-by-side=warning bib-side-by-side=error bib-type-foreign=off bib-type-foreign=note bib-type-foreign=warning bib-type-foreign=error bib-field-foreign=off bib-field-foreign=note bib-field-foreign=warning bib-field-foreign=error bib-date-foreign=off bib-date-foreign=note bib-date-foreign=warning bib-date-foreign=error bib-name-foreign=off bib-name-foreign=note bib-name-foreign=warning bib-name-foreign=error bib-text-between=off bib-text-between=note bib-text-between=warning bib-text-between=error command-unknown=off command-unknown=note command-unknown=warning command-unknown=error bib-unclosed=off bib-unclosed=note bib-unclosed=warning bib-unclosed=error bib-syntax=off bib-syntax=note bib-syntax=warning bib-syntax=error bib-beginning-missing=off bib-beginning-missing=note bib-beginning-missing=warning bib-beginning-missing=error bib-entry-in-value=off bib-entry-in-value=note bib-entry-in-value=warning bib-entry-in-value=error bib-key-missing=off bib-key-missing=note bib-key-missing=warning bib-key-missing=error macro-undefined=off macro-undefined=note macro-undefined=warning macro-undefined=error ris-stray-text=off ris-stray-text=note ris-stray-text=warning ris-stray-text=error record-unterminated=off record-unterminated=note record-unterminated=warning record-unterminated=error ris-run-on=off ris-run-on=note ris-run-on=warning ris-run-on=error yaml-invalid=off yaml-invalid=note yaml-invalid=warning yaml-invalid=error arrow-count-differs=off arrow-count-differs=note arrow-count-differs=warning arrow-count-differs=error arrow-maybe-cut=off arrow-maybe-cut=note arrow-maybe-cut=warning arrow-maybe-cut=error arrow-author-missing=off arrow-author-missing=note arrow-author-missing=warning arrow-author-missing=error arrow-title-missing=off arrow-title-missing=note arrow-title-missing=warning arrow-title-missing=error arrow-stray-text=off arrow-stray-text=note arrow-stray-text=warning arrow-stray-text=error arrow-header-damaged=off arrow-header-damaged=note arrow-header-damaged=warning arrow-header-damaged=error csv-ragged=off csv-ragged=note csv-ragged=warning csv-ragged=error csv-quote=off csv-quote=note csv-quote=warning csv-quote=error csv-column-absent=off csv-column-absent=note csv-column-absent=warning csv-column-absent=error csv-no-column=off csv-no-column=note csv-no-column=warning csv-no-column=error" -- "${cur}"))
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        bibferry__subcmd__check)
            opts="-f -q -h --from --encoding --map --repair --max-record --max-fields --max-input --threads --block-size --no-config --diagnostics --level --quiet --color --help"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 2 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --from)
                    COMPREPLY=($(compgen -W "bibtex biblatex ris json jsonl csl-json csl-yaml arrow csv tsv" -- "${cur}"))
                    return 0
                    ;;
                -f)
                    COMPREPLY=($(compgen -W "bibtex biblatex ris json jsonl csl-json csl-yaml arrow csv tsv" -- "${cur}"))
                    return 0
                    ;;
                --encoding)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --map)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --repair)
                    COMPREPLY=($(compgen -W "off safe all" -- "${cur}"))
                    return 0
                    ;;
                --max-record)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --max-fields)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --max-input)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --threads)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --block-size)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --diagnostics)
                    COMPREPLY=($(compgen -W "text json sarif github errorformat" -- "${cur}"))
                    return 0
                    ;;
                --level)
                    COMPREPLY=($(compgen -W "all=off all=note all=warning all=error note=off note=note note=warning note=error warning=off warning=note warning=warning warning=error error=off error=note error=warning error=error encoding-guessed=off encoding-guessed=note encoding-guessed=warning encoding-guessed=error encoding-invalid=off encoding-invalid=note encoding-invalid=warning encoding-invalid=error encoding-read=off encoding-read=note encoding-read=warning encoding-read=error encoding-overruled=off encoding-overruled=note encoding-overruled=warning encoding-overruled=error record-too-long=off record-too-long=note record-too-long=warning record-too-long=error record-too-wide=off record-too-wide=note record-too-wide=warning record-too-wide=error more-findings=off more-findings=note more-findings=warning more-findings=error field-unknown=off field-unknown=note field-unknown=warning field-unknown=error field-repeated=off field-repeated=note field-repeated=warning field-repeated=error csv-not-available=off csv-not-available=note csv-not-available=warning csv-not-available=error type-unknown=off type-unknown=note type-unknown=warning type-unknown=error type-missing=off type-missing=note type-missing=warning type-missing=error date-literal=off date-literal=note date-literal=warning date-literal=error date-conflict=off date-conflict=note date-conflict=warning date-conflict=error name-commas=off name-commas=note name-commas=warning name-commas=error names-on-one-line=off names-on-one-line=note names-on-one-line=warning names-on-one-line=error id-invalid=off id-invalid=note id-invalid=warning id-invalid=error crossref-missing=off crossref-missing=note crossref-missing=warning crossref-missing=error crossref-cycle=off crossref-cycle=note crossref-cycle=warning crossref-cycle=error inherited-too-much=off inherited-too-much=note inherited-too-much=warning inherited-too-much=error xdata-unused=off xdata-unused=note xdata-unused=warning xdata-unused=error json-invalid=off json-invalid=note json-invalid=warning json-invalid=error json-value=off json-value=note json-value=warning json-value=error key-duplicate=off key-duplicate=note key-duplicate=warning key-duplicate=error key-sanitised=off key-sanitised=note key-sanitised=warning key-sanitised=error citation-undefined=off citation-undefined=note citation-undefined=warning citation-undefined=error citations-missing=off citations-missing=note citations-missing=warning citations-missing=error character-unmapped=off character-unmapped=note character-unmapped=warning character-unmapped=error carried-conflict=off carried-conflict=note carried-conflict=warning carried-conflict=error field-missing=off field-missing=note field-missing=warning field-missing=error date-in-words=off date-in-words=note date-in-words=warning date-in-words=error number-in-words=off number-in-words=note number-in-words=warning number-in-words=error verify-differs=off verify-differs=note verify-differs=warning verify-differs=error output-failed=off output-failed=note output-failed=warning output-failed=error output-left-over=off output-left-over=note output-left-over=warning output-left-over=error in-place-loss=off in-place-loss=note in-place-loss=warning in-place-loss=error loss-dropped=off loss-dropped=note loss-dropped=warning loss-dropped=error loss-narrowed=off loss-narrowed=note loss-narrowed=warning loss-narrowed=error loss-merged=off loss-merged=note loss-merged=warning loss-merged=error loss-moved=off loss-moved=note loss-moved=warning loss-moved=error loss-redundant=off loss-redundant=note loss-redundant=warning loss-redundant=error loss-added=off loss-added=note loss-added=warning loss-added=error input-failed=off input-failed=note input-failed=warning input-failed=error input-empty=off input-empty=note input-empty=warning input-empty=error repair-number-space=off repair-number-space=note repair-number-space=warning repair-number-space=error repair-url=off repair-url=note repair-url=warning repair-url=error repair-url-spaces=off repair-url-spaces=note repair-url-spaces=warning repair-url-spaces=error repair-abbreviation=off repair-abbreviation=note repair-abbreviation=warning repair-abbreviation=error repair-hyphenation=off repair-hyphenation=note repair-hyphenation=warning repair-hyphenation=error repair-tex=off repair-tex=note repair-tex=warning repair-tex=error repair-tex-unknown=off repair-tex-unknown=note repair-tex-unknown=warning repair-tex-unknown=error repair-quotes=off repair-quotes=note repair-quotes=warning repair-quotes=error repair-dashes=off repair-dashes=note repair-dashes=warning repair-dashes=error repair-capitals=off repair-capitals=note repair-capitals=warning repair-capitals=error title-capitals=off title-capitals=note title-capitals=warning title-capitals=error names-et-al=off names-et-al=note names-et-al=warning names-et-al=error names-by-commas=off names-by-commas=note names-by-commas=warning names-by-commas=error names-by-other-word=off names-by-other-word=note names-by-other-word=warning names-by-other-word=error names-unseparated=off names-unseparated=note names-unseparated=warning names-unseparated=error name-suffix-out-of-place=off name-suffix-out-of-place=note name-suffix-out-of-place=warning name-suffix-out-of-place=error name-with-role=off name-with-role=note name-with-role=warning name-with-role=error names-empty=off names-empty=note names-empty=warning names-empty=error names-in-capitals=off names-in-capitals=note names-in-capitals=warning names-in-capitals=error bib-side-by-side=off bib-side-by-side=note bib-side-by-side=warning bib-side-by-side=error bib-type-foreign=off bib-type-foreign=note bib-type-foreign=warning bib-type-foreign=error bib-field-foreign=off bib-field-foreign=note bib-field-foreign=warning bib-field-foreign=error bib-date-foreign=off bib-date-foreign=note bib-date-foreign=warning bib-date-foreign=error bib-name-foreign=off bib-name-foreign=note bib-name-foreign=warning bib-name-foreign=error bib-text-between=off bib-text-between=note bib-text-between=warning bib-text-between=error command-unknown=off command-unknown=note command-unknown=warning command-unknown=error bib-unclosed=off bib-unclosed=note bib-unclosed=warning bib-unclosed=error bib-syntax=off bib-syntax=note bib-syntax=warning bib-syntax=error bib-beginning-missing=off bib-beginning-missing=note bib-beginning-missing=warning bib-beginning-missing=error bib-entry-in-value=off bib-entry-in-value=note bib-entry-in-value=warning bib-entry-in-value=error bib-key-missing=off bib-key-missing=note bib-key-missing=warning bib-key-missing=error macro-undefined=off macro-undefined=note macro-undefined=warning macro-undefined=error ris-stray-text=off ris-stray-text=note ris-stray-text=warning ris-stray-text=error record-unterminated=off record-unterminated=note record-unterminated=warning record-unterminated=error ris-run-on=off ris-run-on=note ris-run-on=warning ris-run-on=error yaml-invalid=off yaml-invalid=note yaml-invalid=warning yaml-invalid=error arrow-count-differs=off arrow-count-differs=note arrow-count-differs=warning arrow-count-differs=error arrow-maybe-cut=off arrow-maybe-cut=note arrow-maybe-cut=warning arrow-maybe-cut=error arrow-author-missing=off arrow-author-missing=note arrow-author-missing=warning arrow-author-missing=error arrow-title-missing=off arrow-title-missing=note arrow-title-missing=warning arrow-title-missing=error arrow-stray-text=off arrow-stray-text=note arrow-stray-text=warning arrow-stray-text=error arrow-header-damaged=off arrow-header-damaged=note arrow-header-damaged=warning arrow-header-damaged=error csv-ragged=off csv-ragged=note csv-ragged=warning csv-ragged=error csv-quote=off csv-quote=note csv-quote=warning csv-quote=error csv-column-absent=off csv-column-absent=note csv-column-absent=warning csv-column-absent=error csv-no-column=off csv-no-column=note csv-no-column=warning csv-no-column=error" -- "${cur}"))
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        bibferry__subcmd__completions)
            opts="-h --help bash elvish fish powershell zsh"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 2 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        bibferry__subcmd__config)
            opts="-h --help"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 2 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        bibferry__subcmd__convert)
            opts="-f -t -o -q -h --from --encoding --map --repair --max-record --max-fields --max-input --threads --block-size --no-config --author --cited --titles --keys --key-map --to --output --out-dir --in-place --check --chunk --profile --ris-dialect --ascii --carry --columns --safe --indent --wrap --keep-crossref --verify --loss --strict --deny-loss --diagnostics --level --quiet --color --help"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 2 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --from)
                    COMPREPLY=($(compgen -W "bibtex biblatex ris json jsonl csl-json csl-yaml arrow csv tsv" -- "${cur}"))
                    return 0
                    ;;
                -f)
                    COMPREPLY=($(compgen -W "bibtex biblatex ris json jsonl csl-json csl-yaml arrow csv tsv" -- "${cur}"))
                    return 0
                    ;;
                --encoding)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --map)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --repair)
                    COMPREPLY=($(compgen -W "off safe all" -- "${cur}"))
                    return 0
                    ;;
                --max-record)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --max-fields)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --max-input)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --threads)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --block-size)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --author)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --cited)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --titles)
                    COMPREPLY=($(compgen -W "keep protect sentence" -- "${cur}"))
                    return 0
                    ;;
                --keys)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --key-map)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --to)
                    COMPREPLY=($(compgen -W "bibtex biblatex ris json jsonl csl-json csl-yaml arrow csv tsv" -- "${cur}"))
                    return 0
                    ;;
                -t)
                    COMPREPLY=($(compgen -W "bibtex biblatex ris json jsonl csl-json csl-yaml arrow csv tsv" -- "${cur}"))
                    return 0
                    ;;
                --output)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                -o)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --out-dir)
                    COMPREPLY=()
                    if [[ "${BASH_VERSINFO[0]}" -ge 4 ]]; then
                        compopt -o plusdirs
                    fi
                    return 0
                    ;;
                --chunk)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --profile)
                    COMPREPLY=($(compgen -W "zotero" -- "${cur}"))
                    return 0
                    ;;
                --ris-dialect)
                    COMPREPLY=($(compgen -W "standard zotero endnote refworks" -- "${cur}"))
                    return 0
                    ;;
                --columns)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --indent)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --wrap)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --loss)
                    COMPREPLY=($(compgen -W "summary full json" -- "${cur}"))
                    return 0
                    ;;
                --deny-loss)
                    COMPREPLY=($(compgen -W "title subtitle title.addon title.short title.sort title.index title.translated title.vernacular title.transliterated title.alternative title.reprint part.title author editor translator container.author series.editor reviewed.author original.author annotator commentator introduction foreword afterword compiler founder continuator redactor reviser collaborator organizer illustrator interviewer recipient director producer executive-producer composer performer script-writer host guest narrator holder contributor issued available submitted accessed event.date original.date copyright created updated filed granted priority accepted received revised decided enacted deposited declared container.title container.subtitle container.addon container.short issue.title issue.subtitle set.title set.subtitle set.addon series.title series.short series.number series.ordinal event.title event.addon event.short event.place event.number publisher publisher.place original.title original.publisher original.place original.language original.publication reviewed.title reviewed.genre volume issue issue.designation number application.number article.number part supplement chapter section paragraph edition printing version session pages pagination pagination.book number-of-pages number-of-volumes running-time scale dimensions doi isbn issn pmid pmcid eprint identifier url file abstract toc annotation note keyword genre medium status rights language language.id script archive archive.collection archive.location archive.place call-number database database.provider accession jurisdiction authority references affiliation funding contact key.alias relation flag kind subtype key" -- "${cur}"))
                    return 0
                    ;;
                --diagnostics)
                    COMPREPLY=($(compgen -W "text json sarif github errorformat" -- "${cur}"))
                    return 0
                    ;;
                --level)
                    COMPREPLY=($(compgen -W "all=off all=note all=warning all=error note=off note=note note=warning note=error warning=off warning=note warning=warning warning=error error=off error=note error=warning error=error encoding-guessed=off encoding-guessed=note encoding-guessed=warning encoding-guessed=error encoding-invalid=off encoding-invalid=note encoding-invalid=warning encoding-invalid=error encoding-read=off encoding-read=note encoding-read=warning encoding-read=error encoding-overruled=off encoding-overruled=note encoding-overruled=warning encoding-overruled=error record-too-long=off record-too-long=note record-too-long=warning record-too-long=error record-too-wide=off record-too-wide=note record-too-wide=warning record-too-wide=error more-findings=off more-findings=note more-findings=warning more-findings=error field-unknown=off field-unknown=note field-unknown=warning field-unknown=error field-repeated=off field-repeated=note field-repeated=warning field-repeated=error csv-not-available=off csv-not-available=note csv-not-available=warning csv-not-available=error type-unknown=off type-unknown=note type-unknown=warning type-unknown=error type-missing=off type-missing=note type-missing=warning type-missing=error date-literal=off date-literal=note date-literal=warning date-literal=error date-conflict=off date-conflict=note date-conflict=warning date-conflict=error name-commas=off name-commas=note name-commas=warning name-commas=error names-on-one-line=off names-on-one-line=note names-on-one-line=warning names-on-one-line=error id-invalid=off id-invalid=note id-invalid=warning id-invalid=error crossref-missing=off crossref-missing=note crossref-missing=warning crossref-missing=error crossref-cycle=off crossref-cycle=note crossref-cycle=warning crossref-cycle=error inherited-too-much=off inherited-too-much=note inherited-too-much=warning inherited-too-much=error xdata-unused=off xdata-unused=note xdata-unused=warning xdata-unused=error json-invalid=off json-invalid=note json-invalid=warning json-invalid=error json-value=off json-value=note json-value=warning json-value=error key-duplicate=off key-duplicate=note key-duplicate=warning key-duplicate=error key-sanitised=off key-sanitised=note key-sanitised=warning key-sanitised=error citation-undefined=off citation-undefined=note citation-undefined=warning citation-undefined=error citations-missing=off citations-missing=note citations-missing=warning citations-missing=error character-unmapped=off character-unmapped=note character-unmapped=warning character-unmapped=error carried-conflict=off carried-conflict=note carried-conflict=warning carried-conflict=error field-missing=off field-missing=note field-missing=warning field-missing=error date-in-words=off date-in-words=note date-in-words=warning date-in-words=error number-in-words=off number-in-words=note number-in-words=warning number-in-words=error verify-differs=off verify-differs=note verify-differs=warning verify-differs=error output-failed=off output-failed=note output-failed=warning output-failed=error output-left-over=off output-left-over=note output-left-over=warning output-left-over=error in-place-loss=off in-place-loss=note in-place-loss=warning in-place-loss=error loss-dropped=off loss-dropped=note loss-dropped=warning loss-dropped=error loss-narrowed=off loss-narrowed=note loss-narrowed=warning loss-narrowed=error loss-merged=off loss-merged=note loss-merged=warning loss-merged=error loss-moved=off loss-moved=note loss-moved=warning loss-moved=error loss-redundant=off loss-redundant=note loss-redundant=warning loss-redundant=error loss-added=off loss-added=note loss-added=warning loss-added=error input-failed=off input-failed=note input-failed=warning input-failed=error input-empty=off input-empty=note input-empty=warning input-empty=error repair-number-space=off repair-number-space=note repair-number-space=warning repair-number-space=error repair-url=off repair-url=note repair-url=warning repair-url=error repair-url-spaces=off repair-url-spaces=note repair-url-spaces=warning repair-url-spaces=error repair-abbreviation=off repair-abbreviation=note repair-abbreviation=warning repair-abbreviation=error repair-hyphenation=off repair-hyphenation=note repair-hyphenation=warning repair-hyphenation=error repair-tex=off repair-tex=note repair-tex=warning repair-tex=error repair-tex-unknown=off repair-tex-unknown=note repair-tex-unknown=warning repair-tex-unknown=error repair-quotes=off repair-quotes=note repair-quotes=warning repair-quotes=error repair-dashes=off repair-dashes=note repair-dashes=warning repair-dashes=error repair-capitals=off repair-capitals=note repair-capitals=warning repair-capitals=error title-capitals=off title-capitals=note title-capitals=warning title-capitals=error names-et-al=off names-et-al=note names-et-al=warning names-et-al=error names-by-commas=off names-by-commas=note names-by-commas=warning names-by-commas=error names-by-other-word=off names-by-other-word=note names-by-other-word=warning names-by-other-word=error names-unseparated=off names-unseparated=note names-unseparated=warning names-unseparated=error name-suffix-out-of-place=off name-suffix-out-of-place=note name-suffix-out-of-place=warning name-suffix-out-of-place=error name-with-role=off name-with-role=note name-with-role=warning name-with-role=error names-empty=off names-empty=note names-empty=warning names-empty=error names-in-capitals=off names-in-capitals=note names-in-capitals=warning names-in-capitals=error bib-side-by-side=off bib-side-by-side=note bib-side-by-side=warning bib-side-by-side=error bib-type-foreign=off bib-type-foreign=note bib-type-foreign=warning bib-type-foreign=error bib-field-foreign=off bib-field-foreign=note bib-field-foreign=warning bib-field-foreign=error bib-date-foreign=off bib-date-foreign=note bib-date-foreign=warning bib-date-foreign=error bib-name-foreign=off bib-name-foreign=note bib-name-foreign=warning bib-name-foreign=error bib-text-between=off bib-text-between=note bib-text-between=warning bib-text-between=error command-unknown=off command-unknown=note command-unknown=warning command-unknown=error bib-unclosed=off bib-unclosed=note bib-unclosed=warning bib-unclosed=error bib-syntax=off bib-syntax=note bib-syntax=warning bib-syntax=error bib-beginning-missing=off bib-beginning-missing=note bib-beginning-missing=warning bib-beginning-missing=error bib-entry-in-value=off bib-entry-in-value=note bib-entry-in-value=warning bib-entry-in-value=error bib-key-missing=off bib-key-missing=note bib-key-missing=warning bib-key-missing=error macro-undefined=off macro-undefined=note macro-undefined=warning macro-undefined=error ris-stray-text=off ris-stray-text=note ris-stray-text=warning ris-stray-text=error record-unterminated=off record-unterminated=note record-unterminated=warning record-unterminated=error ris-run-on=off ris-run-on=note ris-run-on=warning ris-run-on=error yaml-invalid=off yaml-invalid=note yaml-invalid=warning yaml-invalid=error arrow-count-differs=off arrow-count-differs=note arrow-count-differs=warning arrow-count-differs=error arrow-maybe-cut=off arrow-maybe-cut=note arrow-maybe-cut=warning arrow-maybe-cut=error arrow-author-missing=off arrow-author-missing=note arrow-author-missing=warning arrow-author-missing=error arrow-title-missing=off arrow-title-missing=note arrow-title-missing=warning arrow-title-missing=error arrow-stray-text=off arrow-stray-text=note arrow-stray-text=warning arrow-stray-text=error arrow-header-damaged=off arrow-header-damaged=note arrow-header-damaged=warning arrow-header-damaged=error csv-ragged=off csv-ragged=note csv-ragged=warning csv-ragged=error csv-quote=off csv-quote=note csv-quote=warning csv-quote=error csv-column-absent=off csv-column-absent=note csv-column-absent=warning csv-column-absent=error csv-no-column=off csv-no-column=note csv-no-column=warning csv-no-column=error" -- "${cur}"))
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        bibferry__subcmd__explain)
            opts="-h --help abstract accepted accessed accession affiliation afterword annotation annotator application.number archival-collection archive archive.collection archive.location archive.place arrow arrow-author-missing arrow-count-differs arrow-header-damaged arrow-maybe-cut arrow-stray-text arrow-title-missing article-journal article-magazine article-newspaper article.number artwork audio author authority available bib-beginning-missing bib-date-foreign bib-entry-in-value bib-field-foreign bib-key-missing bib-name-foreign bib-side-by-side bib-syntax bib-text-between bib-type-foreign bib-unclosed biblatex bibtex bill blog-post book broadcast call-number carried-conflict chapter character-unmapped citation-undefined citations-missing classic collaborator collection command-unknown commentator compiler composer conference-paper contact container.addon container.author container.short container.subtitle container.title continuator contributor copyright created crossref-cycle crossref-missing csl-json csl-yaml csv csv-column-absent csv-no-column csv-not-available csv-quote csv-ragged database database.provider dataset date-conflict date-in-words date-literal decided declared deposited dimensions director doi edition editor enacted encoding-guessed encoding-invalid encoding-overruled encoding-read entry entry-dictionary entry-encyclopedia eprint event event.addon event.date event.number event.place event.short event.title executive-producer field-missing field-repeated field-unknown figure file filed flag foreword founder funding genre grant granted guest hearing holder host id-invalid identifier illustrator in-place-loss inherited-too-much input-empty input-failed interview interviewer introduction isbn issn issue issue.designation issue.subtitle issue.title issued json json-invalid json-value jsonl jurisdiction key-duplicate key-sanitised key.alias keyword language language.id legal-case legislation loss-added loss-dropped loss-merged loss-moved loss-narrowed loss-redundant macro-undefined manual manuscript map medium misc model-or-object more-findings musical-score name-commas name-suffix-out-of-place name-with-role names-by-commas names-by-other-word names-empty names-et-al names-in-capitals names-on-one-line names-unseparated narrator note number number-in-words number-of-pages number-of-volumes organizer original.author original.date original.language original.place original.publication original.publisher original.title output-failed output-left-over pages pagination pagination.book pamphlet paragraph part part.title patent performance performer periodical personal-communication pmcid pmid post preprint presentation printing priority proceedings producer publisher publisher.place received recipient record-too-long record-too-wide record-unterminated redactor reference-book references regulation relation repair-abbreviation repair-capitals repair-dashes repair-hyphenation repair-number-space repair-quotes repair-tex repair-tex-unknown repair-url repair-url-spaces report review reviewed.author reviewed.genre reviewed.title revised reviser rights ris ris-run-on ris-stray-text running-time scale script script-writer section series.editor series.number series.ordinal series.short series.title session set.addon set.subtitle set.title software standard status submitted subtitle supplement supplementary-item thesis title title-capitals title.addon title.alternative title.index title.reprint title.short title.sort title.translated title.transliterated title.vernacular toc translator treaty tsv type-missing type-unknown updated url verify-differs version video volume webpage xdata-unused yaml-invalid"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 2 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        bibferry__subcmd__formats)
            opts="-h --help bibtex biblatex ris json jsonl csl-json csl-yaml arrow csv tsv"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 2 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        bibferry__subcmd__help)
            opts="convert check formats authors explain config completions man help"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 2 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        bibferry__subcmd__help__subcmd__authors)
            opts=""
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        bibferry__subcmd__help__subcmd__check)
            opts=""
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        bibferry__subcmd__help__subcmd__completions)
            opts=""
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        bibferry__subcmd__help__subcmd__config)
            opts=""
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        bibferry__subcmd__help__subcmd__convert)
            opts=""
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        bibferry__subcmd__help__subcmd__explain)
            opts=""
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        bibferry__subcmd__help__subcmd__formats)
            opts=""
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        bibferry__subcmd__help__subcmd__help)
            opts=""
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        bibferry__subcmd__help__subcmd__man)
            opts=""
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        bibferry__subcmd__man)
            opts="-h --help"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 2 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
    esac
}

if [[ "${BASH_VERSINFO[0]}" -eq 4 && "${BASH_VERSINFO[1]}" -ge 4 || "${BASH_VERSINFO[0]}" -gt 4 ]]; then
    complete -F _bibferry -o nosort -o bashdefault -o default bibferry
else
    complete -F _bibferry -o bashdefault -o default bibferry
fi
