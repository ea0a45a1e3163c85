"""The bytes of a file as sheets of cells: text, XLSX, XLS and ODS, and nothing interpreted.

`open_book` is the door; `model` says what comes out of it.
"""
