"""What others reach on the same coffee orders and kitchen noise: Picovoice's speech-to-intent benchmark."""

SNR_LEVELS = (24, 21, 18, 15, 12, 9, 6)
"""Decibels of speech over noise."""
RHINO_KITCHEN = {6: 96, 9: 97, 12: 98, 15: 99, 18: 99, 21: 99, 24: 99}
"""Percent of commands right, by level."""
PUBLISHED_MEANS = {
    "Picovoice Rhino": 98.1,
    "Microsoft LUIS": 90.6,
    "IBM Watson": 89.1,
    "Amazon Lex": 85.4,
    "Dialogflow": 78.9,
}
"""Percent right, over all seven levels."""
PUBLISHED_RANGES = {"Microsoft LUIS": (86, 93), "IBM Watson": (72, 96), "Amazon Lex": (80, 88), "Dialogflow": (70, 83)}
"""The least and the most of the seven, of those whose levels are not at hand one by one."""
RHINO_CAFE = {6: 91, 9: 96, 12: 98, 15: 98, 18: 98, 21: 99, 24: 99}
"""In café noise, which can't be had; babble is harder."""
