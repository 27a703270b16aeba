"""Which bytes do other people's calendars and mail programs understand?"""
