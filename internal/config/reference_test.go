package config

import (
	"maps"
	"slices"
	"testing"

	"ddmon/internal/kind"
)

// TestObjectBlock: the description of an object's block lists the blocks that the compiler adds to its fields.
func TestObjectBlock(t *testing.T) {
	for _, k := range kind.All() {
		c := &compiler{kind: k}
		want := slices.Sorted(slices.Values(append(slices.Collect(maps.Keys(c.ownBlocks())), "dynamic")))
		if got := slices.Sorted(slices.Values(ObjectBlock(k).BlockNames())); !slices.Equal(got, want) {
			t.Errorf("%s: described %q, accepted %q", k.Name, got, want)
		}
	}
}
