"""The intake room: from the bytes an officer sends to values that obey the dictionary, or to findings."""
