"""What people make of a library: cases, and searches they come back to."""

from riwaya.casework.cases import Cases as Cases
from riwaya.casework.found import Dossier as Dossier
from riwaya.casework.found import Exhibit as Exhibit
from riwaya.casework.found import Found as Found
from riwaya.casework.searches import News as News
from riwaya.casework.searches import Searches as Searches
from riwaya.casework.searches import ToSave as ToSave
