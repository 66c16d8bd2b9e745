// Package shop provides tests with the sock shop stack in monitors and with the recordings in testdata.
package shop

import (
	"path/filepath"
	"testing"

	"ddmon/internal/config"
	"ddmon/internal/ddtest"
	"ddmon/internal/ddtest/recordingtest"
	"ddmon/internal/object"
	"ddmon/internal/replay"
	"ddmon/internal/series"
)

// Objects returns all objects of the stack.
func Objects(t testing.TB) []*object.Object {
	t.Helper()
	s, diags := config.Load(config.Options{Dir: filepath.Join(ddtest.Repository(t), "monitors")})
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	return s.Objects
}

// Monitors returns the monitors of the stack for replay.
func Monitors(t testing.TB) []replay.Monitor {
	t.Helper()
	var monitors []replay.Monitor
	for _, o := range Objects(t) {
		if o.Address.Kind == "monitor" {
			monitors = append(monitors, replay.Monitor{Address: o.Address.String(), Body: o.Body})
		}
	}
	return monitors
}

// Recordings loads recordings from testdata.
func Recordings(t testing.TB, names ...string) []*series.Recording {
	t.Helper()
	var list []*series.Recording
	for _, name := range names {
		list = append(list, Recording(t, name))
	}
	return list
}

// Recording loads a recording from testdata, such as incident-5.
func Recording(t testing.TB, name string) *series.Recording {
	t.Helper()
	return recordingtest.Load(t, filepath.Join(ddtest.Repository(t), "testdata", name))
}
