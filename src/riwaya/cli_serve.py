"""The commands of the desk: serve it, and say who may come in."""

import sys
import webbrowser
from pathlib import Path
from typing import Annotated

import typer

from riwaya.errors import SettingsError
from riwaya.library import Library
from riwaya.terminal import LibraryFolder, err, out
from riwaya.web.users import Role, Users

users = typer.Typer(help="Who may log in to a desk that others can reach.", no_args_is_help=True)


def serve(  # noqa: PLR0913 - the options of one command
    library: LibraryFolder = None,
    host: Annotated[str, typer.Option(help="The address to listen at; any but this machine's own needs users who log in.")] = "127.0.0.1",
    port: Annotated[int | None, typer.Option(help="By default 7317, or any free one if that is taken.", min=0, max=65535)] = None,
    login: Annotated[bool, typer.Option("--login", help="People must log in even at this machine's own address.")] = False,
    certificate: Annotated[Path | None, typer.Option(help="A TLS certificate (PEM), with --key: passwords then travel encrypted.")] = None,
    key: Annotated[Path | None, typer.Option(help="The key of --certificate (PEM).")] = None,
    browser: Annotated[bool, typer.Option("--browser", help="Open the desk in the browser.")] = False,
) -> None:
    """Serve the desk: the library as pages in the browser, until Ctrl-C."""
    if bool(certificate) != bool(key):
        raise typer.BadParameter("a certificate and its key go together", param_hint="--certificate, --key")
    files = (certificate, key) if certificate and key else None
    with Library.open(library) if library else Library.find() as opened:
        serve_desk(opened, host=host, port=port, login=login, files=files, browser=browser)


def serve_desk(
    opened: Library,
    *,
    host: str = "127.0.0.1",
    port: int | None = None,
    login: bool = False,
    files: tuple[Path, Path] | None = None,
    browser: bool = False,
) -> None:
    """Serve the desk of an open library until Ctrl-C, and print its address."""
    from riwaya.web.server import Certificate, is_loopback, serve  # the web server is loaded by who serves, not by who reads

    def ready(address: str) -> None:
        out.print(f"The desk: {address}  (Ctrl-C ends)", markup=False, soft_wrap=True)
        if login or not is_loopback(host):
            out.print("People log in as the users that `riwaya users list` shows.", markup=False, soft_wrap=True)
        else:
            out.print("It listens on this machine alone; whoever uses it can open it without login.", markup=False, soft_wrap=True)
        if not is_loopback(host) and not files:
            err.print(
                "riwaya: passwords travel unencrypted: give --certificate and --key, or put a proxy with TLS before it.", markup=False
            )
        if browser:
            webbrowser.open(address)

    try:
        serve(opened, host=host, port=port, login=login, certificate=Certificate(*files) if files else None, ready=ready)
    except OSError as error:
        raise SettingsError(f"Nothing can listen at {host}{f':{port}' if port else ''}: {error.strerror or error}.") from error


@users.command("add")
def add_user(
    name: Annotated[str, typer.Argument(help="A new user, or one who gets a new role and password.")],
    role: Annotated[Role, typer.Option(help="Each may do what those before it may.")] = "reader",
    library: LibraryFolder = None,
) -> None:
    """Let somebody log in. The password is asked for; where nobody sits at a terminal, it is the first line of standard input."""
    with Library.open(library, only_read=True) if library else Library.find(only_read=True) as opened:
        known = Users(opened.folder)
        if sys.stdin.isatty():
            password: str = typer.prompt("Password", hide_input=True, confirmation_prompt=True)
        else:
            password = sys.stdin.readline().rstrip("\r\n")
        known.add(name, role, password)
    out.print(f"{name} may log in as {role}.", markup=False)


@users.command("remove")
def remove_user(name: str, library: LibraryFolder = None) -> None:
    """Let somebody in no more; who is logged in is out at once."""
    with Library.open(library, only_read=True) if library else Library.find(only_read=True) as opened:
        Users(opened.folder).remove(name)
    out.print(f"{name} may not log in any more.", markup=False)


@users.command("list")
def list_users(library: LibraryFolder = None) -> None:
    """Print who may log in, as what."""
    with Library.open(library, only_read=True) if library else Library.find(only_read=True) as opened:
        known = Users(opened.folder).all()
    for user in known:
        out.print(f"{user.name}  {user.role}", markup=False)
    if not known:
        err.print("No users yet: riwaya users add NAME.")
