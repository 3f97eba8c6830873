"""How each letter and digit is said, written down by hand from a school book and not from the language files."""

from contract.names import Language

LETTERS = {
    "A": "a",
    "B": "be",
    "C": "ce",
    "D": "de",
    "E": "e",
    "F": "ef",
    "G": "ge",
    "H": "ha",
    "I": "i",
    "J": "je",
    "K": "ka",
    "L": "el",
    "M": "em",
    "N": "en",
    "O": "o",
    "P": "pe",
    "Q": "ki",
    "R": "er",
    "S": "es",
    "T": "te",
    "U": "u",
    "V": "ve",
    "W": "we",
    "X": "eks",
    "Y": "ye",
    "Z": "zet",
}
"""In Indonesian; in English a voice knows the names of capitals itself."""
DIGITS = {
    Language("id"): ["nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan"],
    Language("en"): ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"],
}
