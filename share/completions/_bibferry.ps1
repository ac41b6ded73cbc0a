
using namespace System.Management.Automation
using namespace System.Management.Automation.Language

Register-ArgumentCompleter -Native -CommandName 'bibferry' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    $commandElements = $commandAst.CommandElements
    $command = @(
        'bibferry'
        for ($i = 1; $i -lt $commandElements.Count; $i++) {
            $element = $commandElements[$i]
            if ($element -isnot [StringConstantExpressionAst] -or
                $element.StringConstantType -ne [StringConstantType]::BareWord -or
                $element.Value.StartsWith('-') -or
                $element.Value -eq $wordToComplete) {
                break
        }
        $element.Value
    }) -join ';'

    $completions = @(switch ($command) {
        'bibferry' {
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('convert', 'convert', [CompletionResultType]::ParameterValue, 'Convert inputs into another format (the default command)')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Report what is wrong with inputs, and what their records lack')
            [CompletionResult]::new('formats', 'formats', [CompletionResultType]::ParameterValue, 'List the formats, or describe one: what is read, written and lost, and its mapping table')
            [CompletionResult]::new('authors', 'authors', [CompletionResultType]::ParameterValue, 'List the authors of inputs: papers and spellings of each name, case aside')
            [CompletionResult]::new('explain', 'explain', [CompletionResultType]::ParameterValue, 'Explain a finding''s code, a field, a kind or a format; without a name, list all there are')
            [CompletionResult]::new('config', 'config', [CompletionResultType]::ParameterValue, 'Print which options hold for an input, and where from: bibferry.toml or the defaults')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print completions for a shell')
            [CompletionResult]::new('man', 'man', [CompletionResultType]::ParameterValue, 'Print the man page of a command, or of the program')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'bibferry;convert' {
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'The format of all inputs; told from content and file name where it is not given')
            [CompletionResult]::new('--from', '--from', [CompletionResultType]::ParameterName, 'The format of all inputs; told from content and file name where it is not given')
            [CompletionResult]::new('--encoding', '--encoding', [CompletionResultType]::ParameterName, 'The encoding of inputs without a byte order mark: any name of the WHATWG standard [default: utf-8]')
            [CompletionResult]::new('--map', '--map', [CompletionResultType]::ParameterName, 'What a column of a table holds: COLUMN=FIELD, such as `Titel=title`, or a file of such lines; may be repeated')
            [CompletionResult]::new('--repair', '--repair', [CompletionResultType]::ParameterName, 'Repair damaged text on evidence, each repair a note [default: what the input''s format says]')
            [CompletionResult]::new('--max-record', '--max-record', [CompletionResultType]::ParameterName, 'The longest record, in bytes; a longer one is reported and kept as it is')
            [CompletionResult]::new('--max-fields', '--max-fields', [CompletionResultType]::ParameterName, 'The most fields in one record, and parts of its lists; what has more is reported and kept as it is')
            [CompletionResult]::new('--max-input', '--max-input', [CompletionResultType]::ParameterName, 'The largest input of a format that is read as a whole, in bytes')
            [CompletionResult]::new('--threads', '--threads', [CompletionResultType]::ParameterName, 'How many threads work; 0 is one for each core')
            [CompletionResult]::new('--block-size', '--block-size', [CompletionResultType]::ParameterName, 'About how much is read and written at a time, in bytes, instead of what fits the threads; the result does not depend on it')
            [CompletionResult]::new('--author', '--author', [CompletionResultType]::ParameterName, 'Only records of this author: the full name, case aside')
            [CompletionResult]::new('--cited', '--cited', [CompletionResultType]::ParameterName, 'Only what a document cites, in its order: the .aux or .bcf file that LaTeX wrote')
            [CompletionResult]::new('--titles', '--titles', [CompletionResultType]::ParameterName, 'The letter case of titles')
            [CompletionResult]::new('--keys', '--keys', [CompletionResultType]::ParameterName, 'Make every citation key by this pattern, such as `[auth:lower][year]`; links between entries follow')
            [CompletionResult]::new('--key-map', '--key-map', [CompletionResultType]::ParameterName, 'Write the keys that changed or were made to this file: old and new, separated by a tab')
            [CompletionResult]::new('-t', '-t', [CompletionResultType]::ParameterName, 'The format to write; told from the ending of -o where it is not given')
            [CompletionResult]::new('--to', '--to', [CompletionResultType]::ParameterName, 'The format to write; told from the ending of -o where it is not given')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'The file to write, replaced when all is written; none or `-` is standard output')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'The file to write, replaced when all is written; none or `-` is standard output')
            [CompletionResult]::new('--out-dir', '--out-dir', [CompletionResultType]::ParameterName, 'Write each input to a file of its own in this folder')
            [CompletionResult]::new('--chunk', '--chunk', [CompletionResultType]::ParameterName, 'Write numbered files of so many records each: refs.ris becomes refs-001.ris, refs-002.ris …')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Write as one program''s importers take it best')
            [CompletionResult]::new('--ris-dialect', '--ris-dialect', [CompletionResultType]::ParameterName, 'Whom RIS is written for [default: standard, or as --profile says]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'The columns of a table: fields with commas between them, `all`, or `zotero` for Zotero''s layout [default: those that occur]')
            [CompletionResult]::new('--indent', '--indent', [CompletionResultType]::ParameterName, 'How many spaces stand before the fields of .bib entries, or `tab` [default: 2]')
            [CompletionResult]::new('--wrap', '--wrap', [CompletionResultType]::ParameterName, 'Break the lines of .bib entries that are longer, at spaces; addresses and keys stay whole [default: never]')
            [CompletionResult]::new('--loss', '--loss', [CompletionResultType]::ParameterName, 'How losses are reported: counted in the summary line, each in a line, or each as a JSON line')
            [CompletionResult]::new('--deny-loss', '--deny-loss', [CompletionResultType]::ParameterName, 'Exit with 1 if one of these fields is lost')
            [CompletionResult]::new('--diagnostics', '--diagnostics', [CompletionResultType]::ParameterName, 'Findings as text for people, or in a form for programs, which leaves out the summary line')
            [CompletionResult]::new('--level', '--level', [CompletionResultType]::ParameterName, 'Report a code as `off`, `note`, `warning` or `error`; CODE may also be `note`, `warning`, `error` or `all`')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours; `auto` is on terminals, unless `NO_COLOR` is set')
            [CompletionResult]::new('--no-config', '--no-config', [CompletionResultType]::ParameterName, 'Leave bibferry.toml aside')
            [CompletionResult]::new('--in-place', '--in-place', [CompletionResultType]::ParameterName, 'Rewrite each input in its own format: tidied, with what else is asked for; a file that would lose is left alone')
            [CompletionResult]::new('--check', '--check', [CompletionResultType]::ParameterName, 'Write nothing; exit with 1 and a unified diff where a file is not what would be written')
            [CompletionResult]::new('--ascii', '--ascii', [CompletionResultType]::ParameterName, 'Write LaTeX commands instead of letters beyond ASCII, where the format is TeX')
            [CompletionResult]::new('--carry', '--carry', [CompletionResultType]::ParameterName, 'Take along what the format has no place for, in fields or note lines that bibferry reads back')
            [CompletionResult]::new('--safe', '--safe', [CompletionResultType]::ParameterName, 'Write no cell of a table that a spreadsheet would run as a formula; reading it takes the marks away again')
            [CompletionResult]::new('--keep-crossref', '--keep-crossref', [CompletionResultType]::ParameterName, 'Leave out what entries take from others by crossref and xdata, and keep the links')
            [CompletionResult]::new('--verify', '--verify', [CompletionResultType]::ParameterName, 'Read back what was written; a difference that the loss report does not name is an error')
            [CompletionResult]::new('--strict', '--strict', [CompletionResultType]::ParameterName, 'Exit with 1 if anything is lost; what is redundant or had to be added is no loss')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No summary line, and of the findings only the errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No summary line, and of the findings only the errors')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'bibferry;check' {
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'The format of all inputs; told from content and file name where it is not given')
            [CompletionResult]::new('--from', '--from', [CompletionResultType]::ParameterName, 'The format of all inputs; told from content and file name where it is not given')
            [CompletionResult]::new('--encoding', '--encoding', [CompletionResultType]::ParameterName, 'The encoding of inputs without a byte order mark: any name of the WHATWG standard [default: utf-8]')
            [CompletionResult]::new('--map', '--map', [CompletionResultType]::ParameterName, 'What a column of a table holds: COLUMN=FIELD, such as `Titel=title`, or a file of such lines; may be repeated')
            [CompletionResult]::new('--repair', '--repair', [CompletionResultType]::ParameterName, 'Repair damaged text on evidence, each repair a note [default: what the input''s format says]')
            [CompletionResult]::new('--max-record', '--max-record', [CompletionResultType]::ParameterName, 'The longest record, in bytes; a longer one is reported and kept as it is')
            [CompletionResult]::new('--max-fields', '--max-fields', [CompletionResultType]::ParameterName, 'The most fields in one record, and parts of its lists; what has more is reported and kept as it is')
            [CompletionResult]::new('--max-input', '--max-input', [CompletionResultType]::ParameterName, 'The largest input of a format that is read as a whole, in bytes')
            [CompletionResult]::new('--threads', '--threads', [CompletionResultType]::ParameterName, 'How many threads work; 0 is one for each core')
            [CompletionResult]::new('--block-size', '--block-size', [CompletionResultType]::ParameterName, 'About how much is read and written at a time, in bytes, instead of what fits the threads; the result does not depend on it')
            [CompletionResult]::new('--diagnostics', '--diagnostics', [CompletionResultType]::ParameterName, 'Findings as text for people, or in a form for programs, which leaves out the summary line')
            [CompletionResult]::new('--level', '--level', [CompletionResultType]::ParameterName, 'Report a code as `off`, `note`, `warning` or `error`; CODE may also be `note`, `warning`, `error` or `all`')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours; `auto` is on terminals, unless `NO_COLOR` is set')
            [CompletionResult]::new('--no-config', '--no-config', [CompletionResultType]::ParameterName, 'Leave bibferry.toml aside')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No summary line, and of the findings only the errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No summary line, and of the findings only the errors')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'bibferry;formats' {
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'bibferry;authors' {
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'The format of all inputs; told from content and file name where it is not given')
            [CompletionResult]::new('--from', '--from', [CompletionResultType]::ParameterName, 'The format of all inputs; told from content and file name where it is not given')
            [CompletionResult]::new('--encoding', '--encoding', [CompletionResultType]::ParameterName, 'The encoding of inputs without a byte order mark: any name of the WHATWG standard [default: utf-8]')
            [CompletionResult]::new('--map', '--map', [CompletionResultType]::ParameterName, 'What a column of a table holds: COLUMN=FIELD, such as `Titel=title`, or a file of such lines; may be repeated')
            [CompletionResult]::new('--repair', '--repair', [CompletionResultType]::ParameterName, 'Repair damaged text on evidence, each repair a note [default: what the input''s format says]')
            [CompletionResult]::new('--max-record', '--max-record', [CompletionResultType]::ParameterName, 'The longest record, in bytes; a longer one is reported and kept as it is')
            [CompletionResult]::new('--max-fields', '--max-fields', [CompletionResultType]::ParameterName, 'The most fields in one record, and parts of its lists; what has more is reported and kept as it is')
            [CompletionResult]::new('--max-input', '--max-input', [CompletionResultType]::ParameterName, 'The largest input of a format that is read as a whole, in bytes')
            [CompletionResult]::new('--threads', '--threads', [CompletionResultType]::ParameterName, 'How many threads work; 0 is one for each core')
            [CompletionResult]::new('--block-size', '--block-size', [CompletionResultType]::ParameterName, 'About how much is read and written at a time, in bytes, instead of what fits the threads; the result does not depend on it')
            [CompletionResult]::new('--author', '--author', [CompletionResultType]::ParameterName, 'Only records of this author: the full name, case aside')
            [CompletionResult]::new('--diagnostics', '--diagnostics', [CompletionResultType]::ParameterName, 'Findings as text for people, or in a form for programs, which leaves out the summary line')
            [CompletionResult]::new('--level', '--level', [CompletionResultType]::ParameterName, 'Report a code as `off`, `note`, `warning` or `error`; CODE may also be `note`, `warning`, `error` or `all`')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours; `auto` is on terminals, unless `NO_COLOR` is set')
            [CompletionResult]::new('--no-config', '--no-config', [CompletionResultType]::ParameterName, 'Leave bibferry.toml aside')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No summary line, and of the findings only the errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No summary line, and of the findings only the errors')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'bibferry;explain' {
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'bibferry;config' {
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'bibferry;completions' {
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'bibferry;man' {
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'bibferry;help' {
            [CompletionResult]::new('convert', 'convert', [CompletionResultType]::ParameterValue, 'Convert inputs into another format (the default command)')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Report what is wrong with inputs, and what their records lack')
            [CompletionResult]::new('formats', 'formats', [CompletionResultType]::ParameterValue, 'List the formats, or describe one: what is read, written and lost, and its mapping table')
            [CompletionResult]::new('authors', 'authors', [CompletionResultType]::ParameterValue, 'List the authors of inputs: papers and spellings of each name, case aside')
            [CompletionResult]::new('explain', 'explain', [CompletionResultType]::ParameterValue, 'Explain a finding''s code, a field, a kind or a format; without a name, list all there are')
            [CompletionResult]::new('config', 'config', [CompletionResultType]::ParameterValue, 'Print which options hold for an input, and where from: bibferry.toml or the defaults')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print completions for a shell')
            [CompletionResult]::new('man', 'man', [CompletionResultType]::ParameterValue, 'Print the man page of a command, or of the program')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'bibferry;help;convert' {
            break
        }
        'bibferry;help;check' {
            break
        }
        'bibferry;help;formats' {
            break
        }
        'bibferry;help;authors' {
            break
        }
        'bibferry;help;explain' {
            break
        }
        'bibferry;help;config' {
            break
        }
        'bibferry;help;completions' {
            break
        }
        'bibferry;help;man' {
            break
        }
        'bibferry;help;help' {
            break
        }
    })

    $completions.Where{ $_.CompletionText -like "$wordToComplete*" } |
        Sort-Object -Property ListItemText
}
