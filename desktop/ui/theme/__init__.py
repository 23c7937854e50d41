"""The one place that defines how the program looks: colours, sizes, fonts, icons."""
