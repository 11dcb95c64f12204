"""Writers of small, valid files, byte for byte the same on every machine: nothing is compressed by a
library whose versions differ, and no clock is read."""

import io
import struct
import zipfile
import zlib
from xml.sax.saxutils import escape

PAGE_WIDTH, PAGE_HEIGHT = 595, 842  # A4 in points


def pdf(objects):
    """A PDF of these object bodies (bytes), the first of which is the catalogue."""
    out = io.BytesIO()
    out.write(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    table = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    for offset in offsets:
        out.write(b"%010d 00000 n \n" % offset)
    out.write(b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
              % (len(objects) + 1, table))
    return out.getvalue()


def stream(data, entries=b""):
    return b"<< %s/Length %d >>\nstream\n%s\nendstream" % (entries, len(data), data)


def page(resources, contents):
    return (b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Resources << %s >> "
            b"/Contents %d 0 R >>" % (PAGE_WIDTH, PAGE_HEIGHT, resources, contents))


def pdf_letter(heading, text):
    """One page: a heading, then `text`, a line of it per line of the page."""
    def quoted(line):
        raw = line.encode("cp1252")
        return raw.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")

    content = [b"BT /F2 16 Tf 70 770 Td (%s) Tj ET" % quoted(heading),
               b"BT /F1 11 Tf 16 TL 70 730 Td"]
    content += [b"(%s) Tj T*" % quoted(line) for line in text.strip().splitlines()]
    content.append(b"ET")
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /%s /Encoding /WinAnsiEncoding >>"
    return pdf([
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        page(b"/Font << /F1 4 0 R /F2 5 0 R >>", 6),
        font % b"Helvetica", font % b"Helvetica-Bold",
        stream(b"\n".join(content)),
    ])


def jpeg_size(jpeg):
    at = 2
    while jpeg[at + 1] not in (0xC0, 0xC1, 0xC2):
        at += 2 + struct.unpack(">H", jpeg[at + 2:at + 4])[0]
    height, width, channels = struct.unpack(">HHB", jpeg[at + 5:at + 10])
    return width, height, channels


def pdf_scan(jpeg):
    """One page that is a picture, as an office scanner makes it."""
    width, height, channels = jpeg_size(jpeg)
    space = b"/DeviceGray" if channels == 1 else b"/DeviceRGB"
    picture = (b"/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace %s "
               b"/BitsPerComponent 8 /Filter /DCTDecode " % (width, height, space))
    return pdf([
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        page(b"/XObject << /Scan 4 0 R >>", 5),
        stream(jpeg, picture),
        stream(b"q %d 0 0 %d 0 0 cm /Scan Do Q" % (PAGE_WIDTH, PAGE_HEIGHT)),
    ])


def with_location(jpeg, camera, taken, latitude, longitude):
    """The photograph with an EXIF block as a telephone writes it: camera, time, and (north and east
    of zero) where it was taken."""
    def ascii_value(text):
        return 2, len(text) + 1, text.encode("ascii") + b"\0"

    def degrees(value):
        whole = int(value)
        minutes = int((value - whole) * 60)
        hundredths = round(((value - whole) * 60 - minutes) * 6000)
        return 5, 3, struct.pack(">6I", whole, 1, minutes, 1, hundredths, 100)

    def directory(entries, offset):
        """Entries {tag: (type, count, bytes)}; values over four bytes follow the directory."""
        fixed, values = b"", b""
        values_at = offset + 2 + 12 * len(entries) + 4
        for tag, (kind, count, value) in sorted(entries.items()):
            fixed += struct.pack(">HHI", tag, kind, count)
            if len(value) <= 4:
                fixed += value.ljust(4, b"\0")
            else:
                fixed += struct.pack(">I", values_at + len(values))
                values += value + b"\0" * (len(value) % 2)
        return struct.pack(">H", len(entries)) + fixed + struct.pack(">I", 0) + values

    def image(gps_at):
        return directory({0x010F: ascii_value(camera), 0x0132: ascii_value(taken),
                          0x8825: (4, 1, struct.pack(">I", gps_at))}, 8)

    gps_at = 8 + len(image(0))
    gps = directory({1: ascii_value("N"), 2: degrees(latitude),
                     3: ascii_value("E"), 4: degrees(longitude)}, gps_at)
    block = b"Exif\0\0MM\0\x2a\0\0\0\x08" + image(gps_at) + gps
    return jpeg[:2] + struct.pack(">HH", 0xFFE1, len(block) + 2) + block + jpeg[2:]


def png(rows):
    """A grey PNG of rows of bytes, 0 black to 255 white."""
    def chunk(kind, data):
        return (struct.pack(">I", len(data)) + kind + data
                + struct.pack(">I", zlib.crc32(kind + data)))

    header = struct.pack(">IIBBBBB", len(rows[0]), len(rows), 8, 0, 0, 0, 0)
    stored = zlib.compress(b"".join(b"\0" + bytes(row) for row in rows), 0)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", stored)
            + chunk(b"IEND", b""))


def zipped(members):
    """A ZIP of (name, text) pairs, stored, with the oldest date that the format knows."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, text in members:
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.create_system = 3
            archive.writestr(info, text)
    return out.getvalue()


def ods(sheet, rows):
    """An OpenDocument spreadsheet of one sheet; numbers stay numbers."""
    def cell(value):
        if isinstance(value, int):
            return (f'<table:table-cell office:value-type="float" office:value="{value}">'
                    f"<text:p>{value}</text:p></table:table-cell>")
        return ('<table:table-cell office:value-type="string">'
                f"<text:p>{escape(value)}</text:p></table:table-cell>")

    names = "urn:oasis:names:tc:opendocument:xmlns:"
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    body = "".join("<table:table-row>" + "".join(map(cell, row)) + "</table:table-row>"
                   for row in rows)
    content = (f'<?xml version="1.0" encoding="UTF-8"?><office:document-content '
               f'xmlns:office="{names}office:1.0" xmlns:table="{names}table:1.0" '
               f'xmlns:text="{names}text:1.0" office:version="1.2"><office:body>'
               f'<office:spreadsheet><table:table table:name="{escape(sheet)}">'
               f"<table:table-column table:number-columns-repeated=\"{len(rows[0])}\"/>{body}"
               "</table:table></office:spreadsheet></office:body></office:document-content>")
    manifest = (f'<?xml version="1.0" encoding="UTF-8"?><manifest:manifest '
                f'xmlns:manifest="{names}manifest:1.0" manifest:version="1.2">'
                f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
                '<manifest:file-entry manifest:full-path="content.xml" '
                'manifest:media-type="text/xml"/></manifest:manifest>')
    return zipped([("mimetype", kind), ("content.xml", content),
                   ("META-INF/manifest.xml", manifest)])


def xlsx(sheet, rows):
    """An Office Open XML workbook of one sheet."""
    def cell(column, line, value):
        at = f"{chr(ord('A') + column)}{line}"
        if isinstance(value, int):
            return f'<c r="{at}"><v>{value}</v></c>'
        return f'<c r="{at}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'

    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    schemas = "http://schemas.openxmlformats.org/"
    types = "application/vnd.openxmlformats-officedocument.spreadsheetml."
    body = "".join(
        f'<row r="{line}">' + "".join(cell(c, line, v) for c, v in enumerate(row)) + "</row>"
        for line, row in enumerate(rows, 1))
    relation = schemas + "officeDocument/2006/relationships"
    return zipped([
        ("[Content_Types].xml",
         f'{head}<Types xmlns="{schemas}package/2006/content-types">'
         '<Default Extension="rels" '
         'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
         f'<Override PartName="/xl/workbook.xml" ContentType="{types}sheet.main+xml"/>'
         f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{types}worksheet+xml"/>'
         "</Types>"),
        ("_rels/.rels",
         f'{head}<Relationships xmlns="{schemas}package/2006/relationships"><Relationship Id="r1" '
         f'Type="{relation}/officeDocument" Target="xl/workbook.xml"/></Relationships>'),
        ("xl/workbook.xml",
         f'{head}<workbook xmlns="{schemas}spreadsheetml/2006/main" xmlns:r="{relation}"><sheets>'
         f'<sheet name="{escape(sheet)}" sheetId="1" r:id="r1"/></sheets></workbook>'),
        ("xl/_rels/workbook.xml.rels",
         f'{head}<Relationships xmlns="{schemas}package/2006/relationships"><Relationship Id="r1" '
         f'Type="{relation}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'),
        ("xl/worksheets/sheet1.xml",
         f'{head}<worksheet xmlns="{schemas}spreadsheetml/2006/main"><sheetData>{body}'
         "</sheetData></worksheet>"),
    ])
