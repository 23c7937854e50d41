"""Documents that a person reads: the summary of a visit as a web page and as a PDF, in English or Chinese."""
