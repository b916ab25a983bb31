"""The subcommands of `takrim`; one file a command."""
