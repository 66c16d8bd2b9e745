package sandbox

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strconv"
)

// firstMonitor makes ids as long as Datadog's, so that code which only works with short ids fails in tests.
const firstMonitor = 100_000_000

func monitorKey(id int64) string { return strconv.FormatInt(id, 10) }

// storedMonitor reads a monitor. It returns nil if there is no such monitor.
func storedMonitor(t tx, id int64) (object, error) {
	value := t.get(monitorBucket, monitorKey(id))
	if value == nil {
		return nil, nil
	}
	return decodeObject(value)
}

// replaceMonitor stores a monitor and updates the lookups. old is nil for a create, m is nil for a delete.
func replaceMonitor(t tx, id int64, old, m object) error {
	if old != nil {
		if err := updateLookups(t, id, old, removeID); err != nil {
			return err
		}
	}
	if m == nil {
		return t.remove(monitorBucket, monitorKey(id))
	}
	if err := updateLookups(t, id, m, addID); err != nil {
		return err
	}
	return t.put(monitorBucket, monitorKey(id), encode(m))
}

// updateLookups adds a monitor to the lookups or removes it.
func updateLookups(t tx, id int64, m object, change func(t tx, bucket, key string, id int64) error) error {
	if err := change(t, duplicateBucket, identity(m), id); err != nil {
		return err
	}
	if stringField(m, "type") != "composite" {
		return nil
	}
	for _, member := range compositeMembers(stringField(m, "query")) {
		if err := change(t, memberBucket, member, id); err != nil {
			return err
		}
	}
	return nil
}

// identity returns the same value for monitors that the server considers duplicates.
func identity(m object) string {
	same := object{}
	for _, key := range []string{"type", "name", "query", "message", "tags", "options", "priority", "restricted_roles"} {
		same[key] = m[key]
	}
	sum := sha256.Sum256(encode(same))
	return hex.EncodeToString(sum[:])
}

// lookupIDs reads the ids in a lookup, ascending.
func lookupIDs(t tx, bucket, key string) ([]int64, error) {
	value := t.get(bucket, key)
	if value == nil {
		return nil, nil
	}
	var ids []int64
	err := json.Unmarshal(value, &ids)
	return ids, err
}

func addID(t tx, bucket, key string, id int64) error {
	ids, err := lookupIDs(t, bucket, key)
	if err != nil {
		return err
	}
	at, known := slices.BinarySearch(ids, id)
	if known {
		return nil
	}
	return t.put(bucket, key, encode(slices.Insert(ids, at, id)))
}

func removeID(t tx, bucket, key string, id int64) error {
	ids, err := lookupIDs(t, bucket, key)
	if err != nil {
		return err
	}
	if ids = slices.DeleteFunc(ids, func(other int64) bool { return other == id }); len(ids) > 0 {
		return t.put(bucket, key, encode(ids))
	}
	return t.remove(bucket, key)
}
