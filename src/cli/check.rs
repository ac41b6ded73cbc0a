//! `bibferry check`: the findings about inputs are the result.

use super::args::Check;
use super::inputs::{self, Found};
use super::report::{Reporter, Status};
use bibferry::Error;
use bibferry::convert::{self, Input};

pub(super) fn run(args: &Check) -> Result<Status, Error> {
    let mut options = args.input.options()?;
    options.check = true;
    let found = inputs::find(args.input.paths(), options.from, &[])?;
    let inputs: Vec<Input> = found.iter().map(Found::input).collect();
    let mut reporter = Reporter::to_stdout(&args.report).of_inputs(inputs.len());
    let outcome = convert::run(&inputs, &mut std::io::sink(), &options, &mut reporter)?;
    reporter.summary(&outcome)
}
