package behaviour_test

import (
	"fmt"
	"testing"

	"ddmon/internal/behaviour"
	"ddmon/internal/ddtest/shop"
	"ddmon/internal/object"
	"ddmon/internal/series"
)

// BenchmarkShop compares the sock shop's monitors, one of them changed, on both recordings.
func BenchmarkShop(b *testing.B) {
	desired := shop.Objects(b)
	p := build(b, edited(b, desired, "monitor.backlog", "10", "40"), applied(b, desired))
	recs := shop.Recordings(b, "incident-5", "healthy-day")
	for b.Loop() {
		behaviour.Compare(p, recs, behaviour.Options{})
	}
}

// BenchmarkThousand compares a stack of 1,000 monitors, one of them changed, on a one-hour recording.
func BenchmarkThousand(b *testing.B) {
	var live, desired []*object.Object
	for i := range 1000 {
		live = append(live, want(b, fmt.Sprintf("m%d", i), `{"query":"min(last_5m):sum:m{*} > 5","message":"m @a","name":"n"}`))
	}
	desired = append(append(desired, live[1:]...), want(b, "m0", `{"query":"min(last_5m):sum:m{*} > 8","message":"m @a","name":"n"}`))
	p := build(b, desired, applied(b, live))
	rec := recorded(b, "i", bad, true)
	for b.Loop() {
		behaviour.Compare(p, []*series.Recording{rec}, behaviour.Options{})
	}
}
