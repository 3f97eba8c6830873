"""One thing to be said, large, with at most a few answers: refused, closed, out of order, still there, staff, languages."""

from pathlib import Path

from kivy.lang import Builder
from kivy.properties import BooleanProperty, NumericProperty, StringProperty

from kiosk.faces import MessageFace
from kiosk.screens.page import Page, pieces, set_button
from kiosk.shape import MOST_BELOW_EACH_OTHER
from ui.widgets import TextButton


class Answer(TextButton):
    """The answer that is nearly always meant is filled."""

    main = BooleanProperty(False)


class Message(Page):
    """Shows a MessageFace."""

    icon = StringProperty("")
    title = StringProperty("")
    text = StringProperty("")
    other_title = StringProperty("")
    other_text = StringProperty("")
    serious = BooleanProperty(False)
    has_answers = BooleanProperty(False)
    answer_columns = NumericProperty(1)
    answer_rows = NumericProperty(0)

    def fill(self, face: MessageFace) -> None:
        self.icon, self.title, self.serious = face.icon, face.title, face.serious
        self.text = "\n".join(face.sentences)
        self.other_title, self.other_text = face.other_title, "\n".join(face.other_sentences)
        count = len(face.buttons)
        self.has_answers, self.answer_columns = count > 0, 2 if count > MOST_BELOW_EACH_OTHER else 1
        self.answer_rows = -(-count // self.answer_columns)
        languages = face.screen == "languages"
        answers = pieces(self.ids.answers, len(face.buttons), Answer)
        for place, (answer, button) in enumerate(zip(answers, face.buttons, strict=True)):
            set_button(answer, button)
            answer.main = place == face.main and not languages


Builder.load_file(str(Path(__file__).with_name("message.kv")))
