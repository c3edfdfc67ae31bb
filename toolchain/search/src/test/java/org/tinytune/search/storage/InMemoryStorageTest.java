package org.tinytune.search.storage;

class InMemoryStorageTest extends StorageContract {
    @Override
    Storage open() {
        return new InMemoryStorage();
    }

    @Override
    Storage reopen(Storage open) {
        return open;
    }
}
