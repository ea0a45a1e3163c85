"""The sentences of problems in Chinese. They are raised in English; see `language`."""
