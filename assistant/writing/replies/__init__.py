"""What a language model wrote, read: objects of JSON, sentences with their quotes, plain words."""
