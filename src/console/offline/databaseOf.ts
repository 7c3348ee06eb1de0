/**
 * A database of this browser, opened when first asked for.
 * @returns does something in one transaction and answers whether it was done; a browser that keeps nothing (private
 * windows) simply forgets
 */
export function databaseOf(name: string, version: number, make: (db: IDBDatabase) => void) {
  let opening: Promise<IDBDatabase | null> | null = null
  const open = () => {
    opening ??= new Promise((resolve) => {
      try {
        const asking = indexedDB.open(name, version)
        asking.onupgradeneeded = () => make(asking.result)
        asking.onsuccess = () => resolve(asking.result)
        asking.onerror = asking.onblocked = () => resolve(null)
      } catch {
        resolve(null)
      }
    })
    return opening
  }
  return async (
    table: string,
    mode: IDBTransactionMode,
    act: (store: IDBObjectStore) => void,
  ): Promise<boolean> => {
    const db = await open()
    if (!db) return false
    return new Promise<boolean>((resolve) => {
      const transaction = db.transaction(table, mode)
      transaction.oncomplete = () => resolve(true)
      transaction.onerror = transaction.onabort = () => resolve(false)
      act(transaction.objectStore(table))
    }).catch(() => false)
  }
}
