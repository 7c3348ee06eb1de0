// Files in one ZIP, stored as they are: what is attached to mails is packed already.
import { crc32 } from 'node:zlib'

export interface ZipEntry {
  name: string
  bytes: Buffer
  at: Date
}

/** APPNOTE 4.3: a local head before each file, the directory at the end. Names are UTF-8 (bit 11). */
export async function* zip(entries: AsyncIterable<ZipEntry>): AsyncGenerator<Buffer> {
  const directory: Buffer[] = []
  let offset = 0
  for await (const entry of entries) {
    const about = describe(entry)
    const name = Buffer.from(entry.name)
    const local = Buffer.concat([signature(0x04034b50), about, name])
    const where = Buffer.alloc(14)
    where.writeUInt32LE(offset, 10)
    directory.push(Buffer.concat([signature(0x02014b50), uint16(20), about, where, name]))
    yield local
    yield entry.bytes
    offset += local.length + entry.bytes.length
  }
  const size = directory.reduce((sum, one) => sum + one.length, 0)
  const end = Buffer.alloc(18)
  end.writeUInt16LE(directory.length, 4)
  end.writeUInt16LE(directory.length, 6)
  end.writeUInt32LE(size, 8)
  end.writeUInt32LE(offset, 12)
  yield Buffer.concat([...directory, signature(0x06054b50), end])
}

/** What local head and directory say alike: version, flags, method, time, sum, sizes, length of the name. */
function describe({ name, bytes, at }: ZipEntry): Buffer {
  const about = Buffer.alloc(26)
  about.writeUInt16LE(20, 0)
  about.writeUInt16LE(0x0800, 2)
  about.writeUInt16LE((at.getUTCHours() << 11) | (at.getUTCMinutes() << 5), 6)
  about.writeUInt16LE(
    ((at.getUTCFullYear() - 1980) << 9) | ((at.getUTCMonth() + 1) << 5) | at.getUTCDate(),
    8,
  )
  about.writeUInt32LE(crc32(bytes), 10)
  about.writeUInt32LE(bytes.length, 14)
  about.writeUInt32LE(bytes.length, 18)
  about.writeUInt16LE(Buffer.byteLength(name), 22)
  return about
}

function signature(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}
function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16LE(value)
  return bytes
}

/** The same name twice would overwrite the first when unpacked, on systems that fold case too. */
export function distinct(names: string[]): string[] {
  const taken = new Set<string>()
  return names.map((given) => {
    const [, stem = given, extension = ''] = /^(.+?)(\.[^.]{1,10})?$/u.exec(given) ?? []
    let name = given
    for (let n = 2; taken.has(name.toLowerCase()); n++) name = `${stem} (${n})${extension}`
    taken.add(name.toLowerCase())
    return name
  })
}
