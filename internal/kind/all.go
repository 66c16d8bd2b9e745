package kind

import (
	"crypto/sha256"
	_ "embed" // the tables
	"encoding/hex"
	"fmt"
	"sync"
)

//go:generate go run ./gen

//go:embed monitor_gen.txt
var monitorTable string

//go:embed dashboard_gen.txt
var dashboardTable string

// The kinds are read when they are first asked for, each by itself, and are never changed: a command on monitors
// does not pay for dashboards.
var (
	theMonitor   = sync.OnceValue(newMonitor)
	theDashboard = sync.OnceValue(newDashboard)
)

// All returns the kinds, each time in the same order.
func All() []*Kind { return []*Kind{theMonitor(), theDashboard()} }

// Names returns the kinds' names in the order of All, without reading any table.
func Names() []string { return []string{"monitor", "dashboard"} }

// Named returns the kind of that name; nil if there is none. It reads the table of that kind only.
func Named(name string) *Kind {
	switch name {
	case "monitor":
		return theMonitor()
	case "dashboard":
		return theDashboard()
	}
	return nil
}

// TablesVersion is four hex digits that change with what the tables and the overlay say of values. A fingerprint
// made under another version makes no claim. Notes and links to documentation do not count.
func TablesVersion() string {
	return version([]string{monitorTable, dashboardTable}, []overlay{monitorOverlay(), dashboardOverlay()})
}

func version(tables []string, overlays []overlay) string {
	hash := sha256.New()
	for _, text := range tables {
		hash.Write([]byte(text))
	}
	for _, o := range overlays {
		for i := range o.fields {
			o.fields[i].Note, o.fields[i].Doc, o.fields[i].Use = "", "", ""
		}
		hash.Write(fmt.Appendf(nil, "%#v", o))
	}
	return hex.EncodeToString(hash.Sum(nil)[:2])
}

// load reads a table and the overlay on it. Both are part of the program: where they do not fit each other, which a
// test would have shown, there is nothing to go on with.
func load(text string, o overlay) table {
	t := table{}
	if err := t.read(text); err != nil {
		panic(err)
	}
	if err := o.apply(t); err != nil {
		panic(err)
	}
	t.finish()
	return t
}
