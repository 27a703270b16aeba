"""Answers how a paper is read from a form."""

from wtforms import StringField

from vendorhub.domain import papers as rules
from vendorhub.web.forms import Fits, Form


class PaperForm(Form):
    """The paper as it was typed; a file beside it has to be chosen again, for no browser sends it twice."""

    text = StringField(validators=[Fits(rules.check_text)])
    pdf = StringField()
