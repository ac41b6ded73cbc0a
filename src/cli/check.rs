//! `bibferry check`: the findings about inputs are the result.

use super::args::Check;
use super::config::Setup;
use super::inputs;
use super::report::{Reporter, Status};
use bibferry::Error;
use bibferry::convert::{self, Input};

pub(super) fn run(args: &Check, setup: &Setup) -> Result<Status, Error> {
    let mut options = args.input.options()?;
    options.check = true;
    let found = inputs::find(args.input.paths(), options.from, &[])?;
    let inputs: Vec<Input> = found.iter().map(|it| it.input(setup)).collect();
    let mut reporter = Reporter::to_stdout(&args.report).under(setup).of_inputs(inputs.len());
    let outcome = convert::run(&inputs, &mut std::io::sink(), &options, &mut reporter)?;
    reporter.summary(&outcome)
}
