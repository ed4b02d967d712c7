"""What a source is: its title, publisher, authors, kind and weight."""
