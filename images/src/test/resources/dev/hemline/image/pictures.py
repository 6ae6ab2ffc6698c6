"""Writes picture files as programs and devices do, and beside each what Pillow shows: pictures.py FOLDER

NAME.rgb is width and height in 32 bits each, then red, green, blue of each pixel, upright and on white.
"""
import io
import struct
import sys
import zlib
from pathlib import Path

from PIL import Image, ImageOps

FOLDER = Path(sys.argv[1])
WIDTH, HEIGHT = 40, 24
EXIF = b"Exif\0\0"
XAP = b"http://ns.adobe.com/xap/1.0/\0"


def picture(mode="RGB", width=WIDTH, height=HEIGHT):
    """Smooth, so that codecs with losses agree, and different in each corner."""
    made = Image.new("RGB", (width, height))
    for y in range(height):
        for x in range(width):
            made.putpixel((x, y), (x * 255 // max(1, width - 1), y * 255 // max(1, height - 1), 60 + 2 * x))
    return made.convert(mode) if mode in ("RGB", "L", "1", "CMYK", "P") else made


def translucent(mode="RGBA"):
    made = picture()
    made.putalpha(Image.linear_gradient("L").resize(made.size))
    return made.convert(mode)


def shown(content):
    seen = ImageOps.exif_transpose(Image.open(io.BytesIO(content)))
    if seen.mode.startswith("I"):
        seen = seen.point(lambda sample: sample / 257).convert("L")
    seen = seen.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", seen.size, "white"), seen).convert("RGB")


def keep(name, content, seen=None):
    """:param seen: what is meant, where Pillow does not show it"""
    seen = seen or shown(content)
    (FOLDER / name).write_bytes(content)
    (FOLDER / (name + ".rgb")).write_bytes(struct.pack("<II", *seen.size) + seen.tobytes())


def saved(image, form, **options):
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def turned(image, orientation):
    turn = [None, None, "FLIP_LEFT_RIGHT", "ROTATE_180", "FLIP_TOP_BOTTOM", "TRANSPOSE", "ROTATE_270", "TRANSVERSE",
            "ROTATE_90"][orientation]
    return image.transpose(getattr(Image, turn)) if turn else image


def tiff(orientation, order="<", kind=3):
    """EXIF data; a make before the orientation, as cameras write it."""
    value = struct.pack(order + ("HH" if kind == 3 else "I"), *([orientation, 0] if kind == 3 else [orientation]))
    return ((b"II" if order == "<" else b"MM") + struct.pack(order + "HI", 42, 8) + struct.pack(order + "H", 2)
            + struct.pack(order + "HHI", 0x010F, 2, 4) + b"abc\0"
            + struct.pack(order + "HHI", 0x0112, kind, 1) + value + bytes(4))


def xmp(orientation, as_element=False):
    said = f"<tiff:Orientation>{orientation}</tiff:Orientation>" if as_element else ""
    attribute = "" if as_element else f' tiff:Orientation="{orientation}"'
    return (f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF><rdf:Description{attribute}>{said}'
            "</rdf:Description></rdf:RDF></x:xmpmeta>").encode()


# ---- PNG

def chunk(name, data=b"", wrong=0):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data) ^ wrong)


def with_chunks(png, *chunks, at=33):
    return png[:at] + b"".join(chunks) + png[at:]


def raw_profile(kind, data):
    return f"\n{kind}\n{len(data):8}\n".encode() + b"\n".join(
        data[i:i + 36].hex().encode() for i in range(0, len(data), 36)) + b"\n"


def deep(colours, pixel):
    """16 bits a sample."""
    rows = b"".join(b"\0" + b"".join(bytes((sample, sample)) for x in range(WIDTH) for sample in pixel(x, y))
                    for y in range(HEIGHT))
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 16, colours, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND")


def interlaced(samples, colours, pixel):
    rows = b""
    for x0, y0, dx, dy in (0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2):
        for y in range(y0, HEIGHT, dy):
            rows += b"\0" + b"".join(bytes(pixel(x, y)) for x in range(x0, WIDTH, dx))
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, colours, 0, 0, 1)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND")


def pngs():
    plain = saved(picture(), "PNG")
    end = len(plain) - 12
    for mode in "1", "L", "RGB", "P":
        keep(f"png-{mode}.png", saved(picture(mode), "PNG"))
    for mode in "LA", "RGBA", "PA":
        keep(f"png-{mode}.png", saved(translucent(mode) if mode != "PA" else translucent().quantize(40), "PNG"))
    for colours in 2, 3, 4, 9, 16, 200:
        keep(f"png-{colours}-colours.png", saved(picture().quantize(colours), "PNG"))
    keep("png-16-bit.png", saved(picture("L").convert("I").point(lambda s: s * 257).convert("I;16"), "PNG"))
    keep("png-clear-grey.png", saved(picture("L"), "PNG", transparency=picture("L").getpixel((9, 9))))
    keep("png-clear-colour.png", saved(picture(), "PNG", transparency=picture().getpixel((9, 9))))
    keep("png-clear-index.png", saved(picture().quantize(8), "PNG", transparency=3))
    keep("png-clear-indexes.png", saved(picture().quantize(8), "PNG", transparency=bytes([0, 40, 80, 255, 120])))
    for name, colours, pixel in (
            ("grey", 0, lambda x, y: [5 * x]), ("colour", 2, lambda x, y: [5 * x, 9 * y, 100]),
            ("grey-alpha", 4, lambda x, y: [5 * x, 9 * y]), ("alpha", 6, lambda x, y: [5 * x, 9 * y, 7, 6 * x])):
        keep(f"png-interlaced-{name}.png", interlaced(len(pixel(0, 0)), colours, pixel))
        keep(f"png-16-bit-{name}.png", deep(colours, pixel))
    for default in False, True:
        keep(f"png-animated-{default}.png", saved(picture(), "PNG", save_all=True, default_image=default,
                                                  append_images=[picture("L").convert("RGB")] * 2))
    for turn in range(1, 9):
        seen = turned(picture(), turn)
        keep(f"png-exif-{turn}.png", with_chunks(plain, chunk(b"eXIf", tiff(turn, ">"))), seen)
        keep(f"png-exif-long-{turn}.png", with_chunks(plain, chunk(b"eXIf", tiff(turn, "<", 4))), seen)
        profile = raw_profile("exif", EXIF + tiff(turn))
        keep(f"png-ztxt-{turn}.png",
             with_chunks(plain, chunk(b"zTXt", b"Raw profile type exif\0\0" + zlib.compress(profile))), seen)
        keep(f"png-xmp-{turn}.png", with_chunks(plain, chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + xmp(turn))), seen)
    six = turned(picture(), 6)
    profile = raw_profile("exif", EXIF + tiff(6))
    keep("png-itxt-packed.png",
         with_chunks(plain, chunk(b"iTXt", b"Raw profile type exif\0\1\0en\0key\0" + zlib.compress(profile))), six)
    keep("png-text.png", with_chunks(plain, chunk(b"tEXt", b"Raw profile type exif\0" + profile)), six)
    keep("png-app1.png", with_chunks(plain, chunk(b"zTXt", b"Raw profile type APP1\0\0" + zlib.compress(
        raw_profile("generic profile", EXIF + tiff(6))))), six)
    keep("png-app1-xmp.png", with_chunks(plain, chunk(b"zTXt", b"Raw profile type APP1\0\0" + zlib.compress(
        raw_profile("generic profile", XAP + xmp(6))))), six)
    keep("png-xmp-packed.png", with_chunks(plain, chunk(
        b"iTXt", b"XML:com.adobe.xmp\0\1\0\0\0" + zlib.compress(xmp(6, True)))), six)
    keep("png-exif-after-pixels.png", with_chunks(plain, chunk(b"eXIf", tiff(6)), at=end), six)
    keep("png-exif-before-xmp.png", with_chunks(
        plain, chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + xmp(3)), chunk(b"eXIf", tiff(6))), six)
    keep("png-text-bomb.png", with_chunks(
        plain, *[chunk(b"zTXt", b"Raw profile type exif\0\0" + zlib.compress(bytes(1 << 22)))] * 20), picture())
    keep("png-end-wrong-checksum.png", plain[:end] + chunk(b"IEND", wrong=1))
    keep("png-no-end.png", plain[:end])
    for cut in 1, 4, 8, 11:
        keep(f"png-end-cut-{cut}.png", plain[:-cut])
    keep("png-stray-after-pixels.png", plain[:end] + b"stray bytes, and many of them")
    keep("png-stray-after-end.png", plain + bytes(1000))
    keep("png-comment-wrong-checksum.png",
         with_chunks(plain, chunk(b"tEXt", b"Comment\0hello", wrong=1)), picture())
    data = plain[plain.index(b"IDAT") + 4:end - 4]
    keep("png-wrong-adler.png",
         plain[:33] + chunk(b"IDAT", data[:-1] + bytes([data[-1] ^ 1])) + chunk(b"IEND"), picture())
    keep("png-no-adler.png", plain[:33] + chunk(b"IDAT", data[:-4]) + chunk(b"IEND"), picture())
    for size in 1, 7, 100:
        pieces = [chunk(b"IDAT", data[i:i + size]) for i in range(0, len(data), size)]
        keep(f"png-pieces-of-{size}.png", plain[:33] + b"".join(pieces) + chunk(b"IEND"))
    keep("png-empty-piece.png", plain[:33] + chunk(b"IDAT") + chunk(b"IDAT", data) + chunk(b"IDAT") + chunk(b"IEND"))
    for size in (1, 1), (1, 9), (9, 1), (7, 8), (9, 17):
        keep(f"png-{size[0]}x{size[1]}.png", saved(picture(width=size[0], height=size[1]), "PNG"))


# ---- JPEG

def segment(marker, data):
    return bytes([0xFF, marker]) + struct.pack(">H", len(data) + 2) + data


def segments(jpeg):
    """Each segment before the first scan, and the rest."""
    found, at = [], 2
    while jpeg[at + 1] != 0xDA:
        end = at + 2 + struct.unpack(">H", jpeg[at + 2:at + 4])[0]
        found.append(jpeg[at:end])
        at = end
    return found, jpeg[at:]


def rebuilt(jpeg, *first, jfif=True, between=b""):
    parts, rest = segments(jpeg)
    parts = list(first) + [part for part in parts if jfif or part[1] != 0xE0]
    return b"\xff\xd8" + between.join(parts) + between + rest


def renamed(jpeg, *names):
    """With other component ids."""
    parts, rest = segments(jpeg)
    for i, part in enumerate(parts):
        if part[1] in (0xC0, 0xC2):
            part = bytearray(part)
            for component, name in enumerate(names):
                part[10 + 3 * component] = name
            parts[i] = bytes(part)
    rest = bytearray(rest)
    for component, name in enumerate(names):
        rest[5 + 2 * component] = name
    return b"\xff\xd8" + b"".join(parts) + bytes(rest)


def without_adobe(jpeg):
    parts, rest = segments(jpeg)
    return b"\xff\xd8" + b"".join(part for part in parts if part[1] != 0xEE) + rest


def adobe(transform):
    return segment(0xEE, b"Adobe\0\x64\0\0\0\0" + bytes([transform]))


def jpegs():
    for quality in 75, 95:
        for subsampling in 0, 1, 2:
            for progressive in False, True:
                keep(f"jpeg-{quality}-{subsampling}-{'passes' if progressive else 'plain'}.jpg", saved(
                    picture(), "JPEG", quality=quality, subsampling=subsampling, progressive=progressive))
    plain = saved(picture(), "JPEG", quality=95, subsampling=0)
    small = saved(picture(), "JPEG", quality=95, subsampling=2)
    for mode in "L", "CMYK":
        for progressive in False, True:
            keep(f"jpeg-{mode}-{progressive}.jpg", saved(picture(mode), "JPEG", quality=95, progressive=progressive))
    four = saved(picture("CMYK"), "JPEG", quality=95)
    keep("jpeg-CMYK-bare.jpg", without_adobe(four))
    keep("jpeg-CMYK-jfif.jpg", rebuilt(without_adobe(four), segments(plain)[0][0]))
    keep("jpeg-YCCK.jpg", rebuilt(without_adobe(four), adobe(2)))
    for size in (1, 1), (8, 8), (17, 1), (1, 17), (16, 9):
        keep(f"jpeg-{size[0]}x{size[1]}.jpg", saved(picture(width=size[0], height=size[1]), "JPEG", quality=95))
    for turn in range(1, 9):
        for name, notes in (
                ("little", segment(0xE1, EXIF + tiff(turn))), ("big", segment(0xE1, EXIF + tiff(turn, ">"))),
                ("long", segment(0xE1, EXIF + tiff(turn, ">", 4))), ("xmp", segment(0xE1, XAP + xmp(turn))),
                ("element", segment(0xE1, XAP + xmp(turn, True)))):
            keep(f"jpeg-{name}-{turn}.jpg", rebuilt(plain, notes), turned(shown(plain), turn))
    six = turned(shown(plain), 6)
    keep("jpeg-exif-only.jpg", rebuilt(plain, segment(0xE1, EXIF + tiff(6)), jfif=False), six)
    keep("jpeg-exif-beside-xmp.jpg", rebuilt(plain, segment(0xE1, XAP + xmp(3)), segment(0xE1, EXIF + tiff(6))), six)
    keep("jpeg-exif-twice.jpg", rebuilt(plain, segment(0xE1, EXIF + tiff(6)), segment(0xE1, EXIF + tiff(3))), six)
    keep("jpeg-exif-odd.jpg", rebuilt(plain, segment(0xE1, EXIF + tiff(42))))
    keep("jpeg-exif-cut.jpg", rebuilt(plain, segment(0xE1, EXIF + tiff(6)[:20])), shown(plain))
    for name, source in ("444", plain), ("420", small):
        for transform in 0, 1:
            keep(f"jpeg-jfif-adobe-{transform}-{name}.jpg", rebuilt(source, adobe(transform)), shown(source))
        keep(f"jpeg-adobe-1-{name}.jpg", rebuilt(source, adobe(1), jfif=False))
        keep(f"jpeg-bare-{name}.jpg", rebuilt(source, jfif=False))
        for names in (0, 1, 2), (1, 2, 3), (1, 34, 35), (89, 67, 99), (7, 7 + 1, 7 + 2):
            ids = "-".join(map(str, names))
            keep(f"jpeg-ids-{ids}-{name}.jpg", renamed(source, *names))
            keep(f"jpeg-bare-ids-{ids}-{name}.jpg", renamed(rebuilt(source, jfif=False), *names))
    keep("jpeg-rgb-by-ids.jpg", renamed(rebuilt(plain, jfif=False), *b"RGB"))
    keep("jpeg-rgb-ids-in-jfif.jpg", renamed(plain, *b"RGB"))
    keep("jpeg-adobe-0.jpg", rebuilt(plain, adobe(0), jfif=False))
    keep("jpeg-profile.jpg", saved(picture(), "JPEG", quality=95, icc_profile=bytes(300)))
    keep("jpeg-comment.jpg", rebuilt(plain, segment(0xFE, b"hello \xff\xd9 \xff\xda")))
    keep("jpeg-ff00-between.jpg", rebuilt(plain, between=b"\xff\x00"))
    keep("jpeg-filled-between.jpg", rebuilt(plain, between=b"\xff\xff\xff"))
    keep("jpeg-stray-between.jpg", rebuilt(plain, between=b"stray"), shown(plain))
    keep("jpeg-no-end.jpg", plain[:-2], shown(plain))
    keep("jpeg-half-an-end.jpg", plain[:-1], shown(plain))
    keep("jpeg-stray-after-end.jpg", plain + bytes(1000))
    keep("jpeg-two-in-one.jpg", plain + saved(picture("L"), "JPEG"))
    keep("jpeg-restarts.jpg", saved(picture(), "JPEG", quality=95, restart_marker_blocks=2))
    keep("jpeg-optimised.jpg", saved(picture(), "JPEG", quality=95, optimize=True))


# ---- GIF

def moved(gif):
    """Its only frame, at 7 across and 11 down on a canvas of 60 x 50."""
    frame = gif.index(b"\x2c\0\0\0\0", 13 + (3 << (gif[10] & 7) + 1))
    return gif[:6] + struct.pack("<HH", 60, 50) + gif[10:frame + 1] + struct.pack("<HH", 7, 11) + gif[frame + 5:]


def gifs():
    plain = saved(picture("P"), "GIF", interlace=0)
    body = plain.index(b"\x2c", 13 + (3 << (plain[10] & 7) + 1))
    for mode in "1", "L", "P", "RGB":
        for interlace in 0, 1:
            keep(f"gif-{mode}-{interlace}.gif", saved(picture(mode), "GIF", interlace=interlace))
    for colours in 2, 3, 5, 16, 17, 250:
        keep(f"gif-{colours}-colours.gif", saved(picture().quantize(colours), "GIF"))
    keep("gif-clear.gif", saved(picture().quantize(8), "GIF", transparency=2))
    keep("gif-comment.gif", saved(picture("P"), "GIF", comment=b"hello , ; !"))
    keep("gif-animated.gif", saved(picture("P"), "GIF", save_all=True, append_images=[picture("L").convert("P")]))
    keep("gif-87a.gif", b"GIF87a" + plain[6:])
    keep("gif-no-trailer.gif", plain[:-1])
    keep("gif-no-block-end.gif", plain[:-2])
    keep("gif-stray-after-end.gif", plain + b"stray")
    keep("gif-stray-before-picture.gif", plain[:body] + b"\0\0\1\2" + plain[body:])
    keep("gif-stray-before-trailer.gif", plain[:-1] + b"\0\0\0" + plain[-1:])
    clear = saved(picture().quantize(8), "GIF", transparency=2)
    keep("gif-small-frame.gif", moved(clear))
    on_white = Image.new("RGB", (60, 50), "white")
    on_white.paste(shown(plain), (7, 11))
    keep("gif-small-frame-opaque.gif", moved(plain), on_white)
    keep("gif-canvas-nothing.gif", plain[:6] + bytes(4) + plain[10:], shown(plain))


# ---- BMP

def bmp(bits, rows, width=WIDTH, height=HEIGHT, header=40, compression=0, palette=b"", masks=(), size=None, used=0,
        offset=None):
    if header == 12:
        info = struct.pack("<IHHHH", 12, width, height, 1, bits)
    else:
        info = struct.pack("<IiiHHIIiiII", 40, width, height, 1, bits, compression, 0, 0, 0, used, 0)
        info += struct.pack(f"<{len(masks)}I", *masks)
        info = (struct.pack("<I", header) + info[4:] + bytes(200))[:max(header, 40 + 4 * len(masks) if header == 40 else 0)]
    start = 14 + len(info) + len(palette)
    total = start + len(rows) if size is None else size
    return b"BM" + struct.pack("<IHHI", total, 0, 0, start if offset is None else offset) + info + palette + rows


def bmp_rows(pixel, width=WIDTH, height=HEIGHT, top_down=False, padded=True):
    rows = b""
    for y in range(height) if top_down else reversed(range(height)):
        row = b"".join(pixel(*picture_pixels[y * width + x]) for x in range(width))
        rows += row + bytes(-len(row) % 4 if padded else 0)
    return rows


picture_pixels = list(picture().getdata())


def bmps():
    bgr = lambda r, g, b: bytes((b, g, r))
    bgrx = lambda r, g, b: bytes((b, g, r, 0))
    bgra = lambda r, g, b: bytes((b, g, r, r))
    five = lambda r, g, b: struct.pack("<H", r >> 3 << 10 | g >> 3 << 5 | b >> 3)
    six = lambda r, g, b: struct.pack("<H", r >> 3 << 11 | g >> 2 << 5 | b >> 3)
    fives, sixes = (0x7C00, 0x3E0, 0x1F), (0xF800, 0x7E0, 0x1F)
    eights, alpha = (0xFF0000, 0xFF00, 0xFF), 0xFF000000
    for mode in "1", "L", "P", "RGB":
        keep(f"bmp-{mode}.bmp", saved(picture(mode), "BMP"))
    for header in 12, 40, 52, 56, 64, 108, 124:
        masks = eights if header in (52, 56, 108, 124) else ()
        keep(f"bmp-24-header-{header}.bmp", bmp(24, bmp_rows(bgr), header=header, masks=masks), picture())
        if header > 12:
            keep(f"bmp-32-header-{header}.bmp", bmp(32, bmp_rows(bgrx), header=header, masks=masks), picture())
            keep(f"bmp-24-down-{header}.bmp",
                 bmp(24, bmp_rows(bgr, top_down=True), height=-HEIGHT, header=header, masks=masks), picture())
    keep("bmp-size-0.bmp", bmp(24, bmp_rows(bgr), size=0))
    keep("bmp-size-wrong.bmp", bmp(24, bmp_rows(bgr), size=77))
    keep("bmp-size-huge.bmp", bmp(24, bmp_rows(bgr), size=0xFFFFFFFF))
    keep("bmp-no-offset.bmp", bmp(24, bmp_rows(bgr), offset=0), picture())
    keep("bmp-stray-after-end.bmp", bmp(24, bmp_rows(bgr)) + bytes(99))
    odd = saved(picture(width=37), "BMP")
    keep("bmp-37.bmp", odd)
    keep("bmp-no-last-padding.bmp", odd[:-1], picture(width=37))
    for header in 108, 124:
        keep(f"bmp-unset-alpha-rgb-{header}.bmp", bmp(32, bmp_rows(bgrx), header=header, masks=eights + (alpha,)), picture())
        keep(f"bmp-unset-alpha-fields-{header}.bmp",
             bmp(32, bmp_rows(bgrx), header=header, compression=3, masks=eights + (alpha,)), picture())
        keep(f"bmp-alpha-{header}.bmp", bmp(32, bmp_rows(bgra), header=header, compression=3, masks=eights + (alpha,)))
    for name, bits, pixel, masks in ("565", 16, six, sixes), ("555", 16, five, fives), ("888", 32, bgrx, eights):
        # Older releases of Pillow don't know headers of 52 and 56 bytes.
        seen = shown(bmp(bits, bmp_rows(pixel), compression=3, masks=masks))
        for header in 40, 52, 56, 108, 124:
            keep(f"bmp-{name}-{header}.bmp", bmp(bits, bmp_rows(pixel), header=header, compression=3, masks=masks), seen)
    keep("bmp-555-plain.bmp", bmp(16, bmp_rows(five)))
    colours = picture().quantize(16)
    table = colours.getpalette()[:48]
    rgb0 = b"".join(bytes((table[i + 2], table[i + 1], table[i], 0)) for i in range(0, 48, 3))
    rgb = b"".join(bytes((table[i + 2], table[i + 1], table[i])) for i in range(0, 48, 3))
    indexes = colours.tobytes()
    rows8 = b"".join(indexes[y * WIDTH:(y + 1) * WIDTH] for y in reversed(range(HEIGHT)))
    rows4 = bytes(rows8[i] << 4 | rows8[i + 1] for i in range(0, len(rows8), 2))
    seen = colours.convert("RGB")
    keep("bmp-4-bits.bmp", bmp(4, rows4, palette=rgb0))
    keep("bmp-4-bits-old.bmp", bmp(4, rows4, palette=rgb, header=12))
    keep("bmp-few-colours.bmp", bmp(8, rows8, palette=rgb0, used=16))
    keep("bmp-few-colours-os2.bmp", bmp(8, rows8, palette=rgb0, used=16, header=64), seen)
    keep("bmp-runs-8.bmp", bmp(8, runs(rows8), palette=rgb0, used=16, compression=1), seen)
    keep("bmp-runs-8-no-end.bmp", bmp(8, runs(rows8)[:-2], palette=rgb0, used=16, compression=1), seen)
    keep("bmp-literals-8.bmp", bmp(8, literals(rows8), palette=rgb0, used=16, compression=1), seen)
    keep("bmp-runs-8-size-0.bmp", bmp(8, runs(rows8), palette=rgb0, used=16, compression=1, size=0), seen)
    keep("bmp-runs-4.bmp", bmp(4, b"".join(
        b"".join(bytes((2, rows4[y * WIDTH // 2 + x])) for x in range(WIDTH // 2)) + b"\0\0" for y in range(HEIGHT)) + b"\0\1",
        palette=rgb0, compression=2), seen)


def runs(rows):
    return b"".join(b"".join(bytes((1, rows[y * WIDTH + x])) for x in range(WIDTH)) + b"\0\0" for y in range(HEIGHT)) + b"\0\1"


def literals(rows):
    return b"".join(bytes((0, WIDTH)) + rows[y * WIDTH:(y + 1) * WIDTH] + b"\0\0" for y in range(HEIGHT)) + b"\0\1"


# ---- WebP

def webps():
    for name, image in ("colour", picture()), ("grey", picture("L")), ("alpha", translucent()):
        keep(f"webp-{name}.webp", saved(image, "WEBP", quality=95))
        keep(f"webp-lossless-{name}.webp", saved(image, "WEBP", lossless=True))
    keep("webp-animated.webp", saved(picture(), "WEBP", lossless=True, save_all=True, append_images=[picture("L").convert("RGB")]))
    for turn in range(1, 9):
        seen = turned(picture(), turn)
        keep(f"webp-exif-{turn}.webp", saved(picture(), "WEBP", lossless=True, exif=EXIF + tiff(turn)), seen)
        keep(f"webp-xmp-{turn}.webp", saved(picture(), "WEBP", lossless=True, xmp=xmp(turn)), seen)
    keep("webp-profile.webp", saved(picture(), "WEBP", lossless=True, icc_profile=bytes(300)))
    keep("webp-stray-after-end.webp", saved(picture(), "WEBP", lossless=True) + bytes(99))


for kind in pngs, jpegs, gifs, bmps, webps:
    kind()
