package cli

import (
	"fmt"
	"testing"

	"ddmon/internal/object"
)

// TestVersionReadsItsOwnMarkers: this version is new enough for the markers that it writes.
func TestVersionReadsItsOwnMarkers(t *testing.T) {
	parse := func(s string) (major, minor int) {
		if n, err := fmt.Sscanf(s, "%d.%d", &major, &minor); n != 2 {
			t.Fatalf("%s: %v", s, err)
		}
		return major, minor
	}
	major, minor := parse(version)
	needsMajor, needsMinor := parse(object.MarkerVersion)
	if major < needsMajor || major == needsMajor && minor < needsMinor {
		t.Errorf("ddmon %s writes markers of version %s", version, object.MarkerVersion)
	}
}
