"""What is said of a source before anybody confirmed it: its title, its language, when it was published."""
