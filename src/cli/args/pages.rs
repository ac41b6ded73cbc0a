//! The longer texts of the help.

pub(super) const EXAMPLES: &str = "\
Examples:
  bibferry refs.ris -o refs.bib              `convert` may be left out; endings name formats
  bibferry --to jsonl < refs.ris | jq .key   the input's format is told from its content
  bibferry convert *.ris --to json --out-dir converted --loss=full
  bibferry lib/ --to biblatex --out-dir bib  every bibliography in a folder, in the same tree
  bibferry check refs.ris                    what is wrong, and what entries lack
  bibferry formats json                      what is read, written and lost
  bibferry explain record-too-long           a finding's page";

pub(super) const EXIT_CODES: &str = "\
Exit codes:
  0  done, or nobody reads the rest of what is written (`| head`)
  1  done, but a loss was denied (--strict, --deny-loss), a finding is an error (a damaged record,
     one failed input among others), or a file is not what would be written (--check)
  2  the command line makes no sense
  3  nothing could be read or written: no input, a full disk, a file that changes while it is read
     (what stood in the place of the output still stands)";

pub(super) const CONVERT_HELP: &str = "\
Reads all inputs, writes one output (or, with --out-dir, one for each), and says what the output
does not hold.

Standard output carries the output alone. Findings about the input and one summary line go to
standard error:

  412 records; 3 entries damaged; 37 lost abstract, 2 narrowed author (ids): --loss=full shows them

A damaged record is reported and its text kept; all others are converted.";

pub(super) const CONVERT_EXAMPLES: &str = "\
Examples:
  bibferry convert refs.ris -o refs.bib
  bibferry convert --to bibtex --author 'Jane Doe' library.json
  bibferry convert --to ris --strict refs.jsonl > refs.ris     exit code 1 if anything is lost
  bibferry convert --to ris --deny-loss=doi,abstract refs.jsonl
  bibferry convert zotero.json -o refs.bib --check             exit code 1 and a diff if it is old
  bibferry convert --in-place lib/ '*.bib'                     tidied, each in its own format
  bibferry convert refs.bib -t ris -o refs.ris --chunk 500     refs-001.ris, refs-002.ris …";

pub(super) const CHECK_EXAMPLES: &str = "\
Examples:
  bibferry check refs.bib
  bibferry check lib/ --level field-missing=off,warning=error
  bibferry check lib/ --diagnostics=sarif > bibferry.sarif     for code scanning
  vim -q <(bibferry check refs.bib --diagnostics=errorformat)";

pub(super) const CONFIG_HELP: &str = "\
bibferry.toml holds long names of options, for all commands or for one, levels of findings, and what
is said of some inputs alone:

  diagnostics = \"github\"

  [convert]
  to = \"biblatex\"
  deny-loss = [\"doi\", \"abstract\"]

  [levels]
  field-missing = \"off\"

  [[overrides]]
  files = [\"legacy/**/*.bib\"]
  encoding = \"latin1\"
  levels = { bib-syntax = \"off\" }

The nearest one counts, from the first input upwards. Options on the command line go before it;
--no-config leaves it aside.";

pub(super) const COMPLETIONS_HELP: &str = "\
Examples:
  bibferry completions bash > ~/.local/share/bash-completion/completions/bibferry
  bibferry completions zsh > ~/.zfunc/_bibferry
  bibferry completions fish > ~/.config/fish/completions/bibferry.fish
  bibferry completions powershell >> $PROFILE";

pub(super) const MAN_HELP: &str = "\
Examples:
  bibferry man | man -l -
  bibferry man convert > bibferry-convert.1";
