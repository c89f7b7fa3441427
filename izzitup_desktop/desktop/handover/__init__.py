"""The Handover view: what happened since somebody was last here."""
