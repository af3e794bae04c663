"""The analyst's pages: figures, charts with a table beside each, downloads, and the consignments behind."""
