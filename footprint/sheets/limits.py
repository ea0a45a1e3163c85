"""How large a file may be. What is beyond is refused before it is unpacked or laid out."""

#: A bill of materials of 100,000 lines is about 10 MB; ten times that is a mistake or an attack.
MAX_BYTES = 100_000_000
#: An XLSX is a zip: the same limit for what it unpacks to, and no more than 200 times its size.
MAX_UNPACKED = 500_000_000
MAX_RATIO = 200
#: A worksheet of Excel has as many rows; a table of parts has some twenty columns.
MAX_ROWS, MAX_COLUMNS = 1_048_576, 500
#: Sheets are laid out as a rectangle from A1 to the last cell: two cells far apart would take
#: gigabytes. 20 million cells (a full sheet of 19 columns) take 0.7 GB.
MAX_AREA = 20_000_000
#: A workbook of parts has a few sheets.
MAX_SHEETS = 200
