"""The Vietnamese language: letters, encodings, numbers and days in words; nothing here knows the work."""
