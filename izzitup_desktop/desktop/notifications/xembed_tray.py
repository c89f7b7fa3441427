"""Whether a tray of the older kind is there: who owns X11's selection for it.

Qt knows, but says so only by what fixes its answer about D-Bus for good.
"""

from __future__ import annotations

import ctypes
from typing import Any

_NONE = 0


class _Cookie(ctypes.Structure):
    _fields_ = (("sequence", ctypes.c_uint),)


class _AtomReply(ctypes.Structure):
    _fields_ = (
        ("response_type", ctypes.c_uint8),
        ("pad", ctypes.c_uint8),
        ("sequence", ctypes.c_uint16),
        ("length", ctypes.c_uint32),
        ("value", ctypes.c_uint32),
    )


def is_there() -> bool:
    """Whether a program shows icons in the tray of this display's default screen."""
    try:
        xcb = _library()
        libc = ctypes.CDLL(None)
    except OSError:
        return False
    libc.free.argtypes = [ctypes.c_void_p]
    screen = ctypes.c_int(0)
    connection = xcb.xcb_connect(None, ctypes.byref(screen))
    try:
        if xcb.xcb_connection_has_error(connection):
            return False

        def asked(question: Any, answer: Any, *arguments: Any) -> int:
            reply = answer(connection, question(connection, *arguments), None)
            if not reply:
                return _NONE
            value = int(reply.contents.value)
            libc.free(reply)
            return value

        name = b"_NET_SYSTEM_TRAY_S%d" % screen.value
        atom = asked(xcb.xcb_intern_atom, xcb.xcb_intern_atom_reply, 0, len(name), name)
        owner = asked(
            xcb.xcb_get_selection_owner, xcb.xcb_get_selection_owner_reply, ctypes.c_uint32(atom)
        )
        return owner != _NONE
    finally:
        xcb.xcb_disconnect(connection)


def _library() -> ctypes.CDLL:
    """X11's library with the types of what is called. Raises OSError where it is not."""
    xcb = ctypes.CDLL("libxcb.so.1")
    pointer = ctypes.c_void_p
    xcb.xcb_connect.restype = pointer
    xcb.xcb_connect.argtypes = [ctypes.c_char_p, ctypes.POINTER(ctypes.c_int)]
    xcb.xcb_connection_has_error.argtypes = [pointer]
    xcb.xcb_disconnect.argtypes = [pointer]
    xcb.xcb_intern_atom.restype = _Cookie
    xcb.xcb_intern_atom.argtypes = [pointer, ctypes.c_uint8, ctypes.c_uint16, ctypes.c_char_p]
    xcb.xcb_get_selection_owner.restype = _Cookie
    xcb.xcb_get_selection_owner.argtypes = [pointer, ctypes.c_uint32]
    for name in ("xcb_intern_atom_reply", "xcb_get_selection_owner_reply"):
        reply = getattr(xcb, name)
        reply.restype = ctypes.POINTER(_AtomReply)
        reply.argtypes = [pointer, _Cookie, pointer]
    return xcb
