package sandbox

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strconv"
)

// firstMonitor keeps ids as long as Datadog's, so that nothing is written that only works with short ones.
const firstMonitor = 100_000_000

func monitorKey(id int64) string { return strconv.FormatInt(id, 10) }

// storedMonitor reads a monitor; nil if there is none.
func storedMonitor(t tx, id int64) (object, error) {
	value := t.get(monitorBucket, monitorKey(id))
	if value == nil {
		return nil, nil
	}
	return decodeObject(value)
}

// replaceMonitor stores a monitor and keeps the lookups in step. old is nil for a new one, m nil for a removal.
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

// updateLookups enters a monitor in the lookups, or takes it out.
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

// identity is the same for two monitors that the server calls duplicates.
func identity(m object) string {
	same := object{}
	for _, key := range []string{"type", "name", "query", "message", "tags", "options", "priority", "restricted_roles"} {
		same[key] = m[key]
	}
	sum := sha256.Sum256(encode(same))
	return hex.EncodeToString(sum[:])
}

// lookupIDs reads a lookup's ids, ascending.
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
