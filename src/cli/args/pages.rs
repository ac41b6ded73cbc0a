//! The longer texts of the help.

pub(super) const EXAMPLES: &str = "\
Examples:
  bibferry refs.ris -o refs.bib              `convert` may be left out; endings name formats
  bibferry --to jsonl < refs.ris | jq .key   the input's format is told from its content
  bibferry convert *.ris --to json --out-dir converted --loss=full
  bibferry check refs.ris                    what is wrong, and what entries lack
  bibferry formats json                      what is read, written and lost
  bibferry explain record-too-long           a finding's page";

pub(super) const EXIT_CODES: &str = "\
Exit codes:
  0  done
  1  done, but a loss was denied (--strict, --deny-loss) or a finding is an error (a damaged record,
     one failed input among others)
  2  the command line makes no sense
  3  nothing could be read or written";

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
  bibferry convert --to ris --deny-loss=doi,abstract refs.jsonl";
