"""What an officer does in a browser, for the tests of the desk."""

from playwright.sync_api import Browser, Page

from tests.desk_hub import DeskHub

LIVE = "html[data-link=live]"
"""The page has heard the hub."""


def officer(browser: Browser, hub: DeskHub, path: str = "/counter/loket-3", width: int = 1440) -> Page:
    """Another browser, with nothing kept, at a page of the desk."""
    page = browser.new_context(viewport={"width": width, "height": 900}).new_page()
    page.set_default_timeout(5000)
    page.goto(hub.address + path)
    page.wait_for_selector(LIVE)
    return page


def at_open_counter(browser: Browser, hub: DeskHub) -> Page:
    page = officer(browser, hub)
    page.click("[data-action=open]")
    page.wait_for_selector("[data-mode=idle]")
    return page


def mode(page: Page, expected: str) -> None:
    page.wait_for_selector(f"[data-mode={expected}]")


def number_in_hand(page: Page) -> str:
    return page.text_content("#number .heard-only") or ""
