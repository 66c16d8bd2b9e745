package kind

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"sync"
)

// list is the only list of kinds, in the order of All. Each kind is loaded on first use, so that a command on monitors
// does not load the dashboard tables, and never changes.
var list = []struct {
	name string
	kind func() *Kind
}{
	{"monitor", sync.OnceValue(newMonitor)},
	{"dashboard", sync.OnceValue(newDashboard)},
	{"slo", sync.OnceValue(newSLO)},
	{"downtime", sync.OnceValue(newDowntime)},
}

// All returns the kinds, always in the same order.
func All() []*Kind {
	kinds := make([]*Kind, len(list))
	for i, entry := range list {
		kinds[i] = entry.kind()
	}
	return kinds
}

// Folders returns the subfolders of a stack that contain configuration: one for each kind.
func Folders() []string {
	folders := Names()
	for i, name := range folders {
		folders[i] = name + "s"
	}
	return folders
}

// Names returns the names of the kinds in the order of All, without loading them.
func Names() []string {
	names := make([]string, len(list))
	for i, entry := range list {
		names[i] = entry.name
	}
	return names
}

// Named returns the kind with that name, or nil. It loads that kind only.
func Named(name string) *Kind {
	for _, entry := range list {
		if entry.name == name {
			return entry.kind()
		}
	}
	return nil
}

// TablesVersion identifies the tables of all kinds: "a1b2.c3d4", one part for each kind.
func TablesVersion() string {
	versions := make([]string, 0, len(Names()))
	for _, k := range All() {
		versions = append(versions, k.Version)
	}
	return strings.Join(versions, ".")
}

// version hashes what comparing two bodies depends on: the table and the overlay, without documentation strings.
func version(text string, o overlay) string {
	hash := sha256.New()
	hash.Write([]byte(text))
	for _, f := range o.fields {
		f.Note, f.Doc, f.Use = "", "", ""
		fmt.Fprintf(hash, "%#v", f)
	}
	fmt.Fprintf(hash, "%s%#v", o.added, o.values)
	if len(o.equal) > 0 {
		fmt.Fprintf(hash, "%#v", o.equal)
	}
	return hex.EncodeToString(hash.Sum(nil)[:2])
}

// load reads a table and applies its overlay. Both are part of the program, and tests check that they match, so an
// error is a panic.
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
