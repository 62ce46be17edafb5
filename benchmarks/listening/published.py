"""Published results on the same coffee orders and kitchen noise: Picovoice's speech-to-intent benchmark."""

SNR_LEVELS = (24, 21, 18, 15, 12, 9, 6)
"""Signal-to-noise ratios in dB."""
RHINO_KITCHEN = {6: 96, 9: 97, 12: 98, 15: 99, 18: 99, 21: 99, 24: 99}
"""Percent of commands right, of Picovoice Rhino in kitchen noise, by level."""
PUBLISHED_MEANS = {
    "Picovoice Rhino": 98.1,
    "Microsoft LUIS": 90.6,
    "IBM Watson": 89.1,
    "Amazon Lex": 85.4,
    "Dialogflow": 78.9,
}
"""Percent of commands right, the mean of all seven levels."""
PUBLISHED_RANGES = {"Microsoft LUIS": (86, 93), "IBM Watson": (72, 96), "Amazon Lex": (80, 88), "Dialogflow": (70, 83)}
"""Least and greatest percent of the seven levels, where they are not published one by one."""
RHINO_CAFE = {6: 91, 9: 96, 12: 98, 15: 98, 18: 98, 21: 99, 24: 99}
"""Percent of commands right, of Picovoice Rhino in café noise, which is not published; babble is harder."""
