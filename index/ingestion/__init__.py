"""From files to a home: finding them, reading ahead, splitting, and syncing a folder."""
