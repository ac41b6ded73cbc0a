//! `bibferry completions` and `bibferry man`: made of the declared options, so that they cannot be out of date.

use super::args::Cli;
use bibferry::Error;
use bibferry::format::did_you_mean;
use clap::CommandFactory;
use clap_complete::Shell;

/// The completions for a shell.
pub(super) fn completions(shell: Shell) -> String {
    let mut command = Cli::command();
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut command, "bibferry", &mut text);
    String::from_utf8_lossy(&text).into_owned()
}

/// The man page of a command, or of the program.
pub(super) fn man(name: Option<&str>) -> Result<String, Error> {
    let mut command = Cli::command();
    command.build();
    let page = match name {
        None => command,
        Some(name) => match command.find_subcommand(name) {
            Some(it) => it.clone().name(format!("bibferry-{}", it.get_name())),
            None => {
                let names: Vec<&str> = command.get_subcommands().map(clap::Command::get_name).collect();
                let advice = match did_you_mean(name, names.iter().copied()) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("there are {}", names.join(", ")),
                };
                return Err(Error::Usage(format!("`{name}` is no command: {advice}")));
            }
        },
    };
    let mut text = Vec::new();
    let rendered = clap_mangen::Man::new(page).render(&mut text);
    rendered.map_err(|error| Error::io("<man page>", error))?;
    Ok(String::from_utf8_lossy(&text).into_owned())
}
