"""The public's screen: one survey session, locked until the PIN."""
