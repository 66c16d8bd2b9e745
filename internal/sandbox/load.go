package sandbox

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"unicode/utf8"
)

// loadIndex fills the index from the store and checks the content of the store.
func (ac *account) loadIndex() error {
	for _, lookup := range []string{duplicateBucket, memberBucket} {
		err := ac.store.each(lookup, func(_ string, value []byte) error { return json.Unmarshal(value, new([]int64)) })
		if err != nil {
			return errors.New("cannot read a list of ids")
		}
	}
	err := ac.store.each(monitorBucket, func(key string, value []byte) error {
		id, err := strconv.ParseInt(key, 10, 64)
		if err != nil {
			return fmt.Errorf("invalid monitor id %q", key)
		}
		entry, err := newMonitorEntry(id, value)
		if err != nil || !utf8.Valid(value) {
			return fmt.Errorf("cannot read monitor %d", id)
		}
		ac.index.monitors[id] = entry
		ac.index.monitorIDs = append(ac.index.monitorIDs, id)
		return nil
	})
	if err != nil {
		return err
	}
	slices.Sort(ac.index.monitorIDs)
	err = ac.store.each(dashboardBucket, func(key string, value []byte) error {
		entry, err := newDashboardEntry(value)
		if err != nil || !utf8.Valid(value) {
			return fmt.Errorf("cannot read dashboard %q", key)
		}
		ac.index.dashboards[key] = entry
		ac.index.dashboardIDs = append(ac.index.dashboardIDs, key)
		return nil
	})
	if err != nil {
		return err
	}
	slices.Sort(ac.index.dashboardIDs)
	for _, r := range []resource{sloResource(), ac.downtimeResource()} {
		if err := ac.load(r); err != nil {
			return err
		}
	}
	return nil
}
