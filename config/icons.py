"""The shapes of the register by name: what stands inside a 16 by 16 `<svg>`. Used as `{% icon "name" %}`.

Lines take the colour and the width of the class `icon`; a part that is filled says so itself.
"""

BOX = "0 0 16 16"
RING = '<circle cx="8" cy="8" r="5.75"/>'

ICONS: dict[str, str] = {
    # States of an agreement
    "draft": '<circle cx="8" cy="8" r="5.75" stroke-dasharray="2.4 2.1"/>',
    "in-review": RING + '<path d="M8 2.25a5.75 5.75 0 0 1 0 11.5z" fill="currentColor"/>',
    "approved": RING + '<path d="M5.4 8.2l1.8 1.8 3.4-3.8"/>',
    "signed": '<path d="M3 13.5h10M4.2 10.8l.5-2.4 5.6-5.6 1.9 1.9-5.6 5.6z"/>',
    "in-force": RING + '<circle cx="8" cy="8" r="2.6" fill="currentColor"/>',
    "not-yet": '<path d="M2.5 8h2M6.5 8h1.5"/><circle cx="11.2" cy="8" r="2.8"/>',
    "past-end": '<path d="M3 2.5v11M6.5 8h7M10.5 5l3 3-3 3"/>',
    "suspended": RING + '<path d="M6.4 5.8v4.4M9.6 5.8v4.4"/>',
    "variation": '<path d="M2.5 5.5h10L10 3M13.5 10.5h-10L6 13"/>',
    "ended": '<rect x="3.2" y="3.2" width="9.6" height="9.6" rx="1.5" fill="currentColor"/>',
    "closed": '<path d="M2 3.2h12v3H2zM3.2 6.2v6.6h9.6V6.2M6.4 8.8h3.2"/>',
    "withdrawn": RING + '<path d="M4.2 11.8l7.6-7.6"/>',
    # Answers
    "met": (
        '<path fill="currentColor" stroke="none" fill-rule="evenodd" d="M8 1.2a6.8 6.8 0 1 0 0 13.6A6.8 6.8 0 0 '
        '0 8 1.2zm3.9 5.2-4.6 5.1a.8.8 0 0 1-1.2 0L4 9.3a.8.8 0 1 1 1.1-1.1l1.6 1.6 4-4.5a.8.8 0 0 1 1.2 1.1z"/>'
    ),
    "not-met": (
        '<path fill="currentColor" stroke="none" fill-rule="evenodd" d="M8.9.9 15 7.1a1.3 1.3 0 0 1 0 1.8L8.9 '
        "15.1a1.3 1.3 0 0 1-1.8 0L1 8.9a1.3 1.3 0 0 1 0-1.8L7.1.9a1.3 1.3 0 0 1 1.8 0zM5.3 5.3a.8.8 0 0 0 0 "
        "1.1L6.9 8 5.3 9.6a.8.8 0 0 0 1.1 1.1L8 9.1l1.6 1.6a.8.8 0 0 0 1.1-1.1L9.1 8l1.6-1.6a.8.8 0 0 "
        '0-1.1-1.1L8 6.9 6.4 5.3a.8.8 0 0 0-1.1 0z"/>'
    ),
    "unknown": (
        '<rect x="1.8" y="1.8" width="12.4" height="12.4" rx="3" stroke-dasharray="2.6 1.8"/><path d="M6.3 '
        '6.3a1.7 1.7 0 1 1 2.5 1.5c-.5.3-.8.6-.8 1.2M8 11.2v.1"/>'
    ),
    "not-applicable": '<path d="M3.5 8h9"/>',
    "accountable": '<circle cx="8" cy="8" r="6" fill="currentColor"/>',
    "helps": '<circle cx="8" cy="8" r="5.5"/>',
    # Notices
    "alert": '<path d="M8 2 14.5 13.5h-13zM8 6.5v3M8 11.6v.1"/>',
    "info": '<circle cx="8" cy="8" r="6"/><path d="M8 7.5v3.5M8 5v.1"/>',
    "late": '<circle cx="8" cy="8" r="6"/><path d="M8 4.6V8l2.2 1.6"/>',
    "lock": '<rect x="3" y="7" width="10" height="7" rx="1.5"/><path d="M5.2 7V5a2.8 2.8 0 0 1 5.6 0v2"/>',
    "flag": '<path d="M4 14V2.5h8.5l-2 3.5 2 3.5H4"/>',
    "seal": '<path d="M8 1.5 13.5 4v4c0 3.5-2.5 5.5-5.5 6.5C5 13.5 2.5 11.5 2.5 8V4zM5.5 8l1.8 1.8 3.2-3.5"/>',
    # Things and moves
    "search": '<circle cx="7" cy="7" r="4.5"/><path d="m10.5 10.5 3.5 3.5"/>',
    "person": '<circle cx="8" cy="5.2" r="2.8"/><path d="M2.8 14a5.2 5.2 0 0 1 10.4 0"/>',
    "organisation": '<path d="M2 14h12M3.5 14V6.5L8 3l4.5 3.5V14M6.5 14v-3.5h3V14"/>',
    "document": '<path d="M4 1.8h5l3.5 3.5v8.9H4zM9 1.8v3.5h3.5"/>',
    "download": '<path d="M8 2v8.5M4.5 7.5 8 11l3.5-3.5M3 14h10"/>',
    "out": '<path d="M2.5 8h11M9.5 4l4 4-4 4"/>',
    "in": '<path d="M13.5 8h-11M6.5 4l-4 4 4 4"/>',
    "ascending": '<path d="M8 13V3M4.5 6.5 8 3l3.5 3.5"/>',
    "descending": '<path d="M8 3v10M4.5 9.5 8 13l3.5-3.5"/>',
    "change": '<path d="M3 13h2.2l7.3-7.3-2.2-2.2L3 10.8z"/>',
    "remove": '<path d="m4 4 8 8M12 4l-8 8"/>',
    "add": '<path d="M8 3v10M3 8h10"/>',
    "link": '<path d="M6.5 9.5l3-3M7 5l1.6-1.6a2.8 2.8 0 0 1 4 4L11 9M9 11l-1.6 1.6a2.8 2.8 0 0 1-4-4L5 7"/>',
}

# The mark of the register: two ways across one frame.
MARK_BOX = "0 0 28 28"
MARK = (
    '<rect x="2" y="2" width="24" height="24" rx="5" stroke-width="2"/>'
    '<path d="M8 11h11l-3.5-3.5M20 17H9l3.5 3.5" stroke-width="2.2"/>'
)
