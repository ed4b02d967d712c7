"""What those who run the server see: log lines, figures, readiness; never what is asked or told."""
