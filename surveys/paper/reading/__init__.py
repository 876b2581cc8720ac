"""Reading filled-in forms from scans and photographs.

The only part of the program that knows numpy, Pillow, pypdfium2 and zxing-cpp (extra ``scan``): import it where it is
used, not at the start. Of its modules ``readings``, ``judging`` and ``deciding`` need none of them.
"""
