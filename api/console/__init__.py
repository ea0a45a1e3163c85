"""The console: pages for people without a terminal. Thin routes; they call `api.services`."""
