package sandbox

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	bolt "go.etcd.io/bbolt"
)

// seededFile returns the file of a sandbox with so many creates, updates and deletes that its trees have several levels
// and some pages are free. It also returns the lists of all objects.
func seededFile(t testing.TB) (data []byte, list string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "box.db")
	s, err := Open(path, Options{Now: testNow})
	if err != nil {
		t.Fatal(err)
	}
	for i := range 45 {
		m := must(t, s, "POST", "/api/v1/monitor", monitorBody(object{"name": fmt.Sprint("m", i), "message": strings.Repeat("text ", 40)}))
		if i%7 == 0 {
			must(t, s, "DELETE", monitorURL(m), "")
		}
	}
	must(t, s, "POST", "/api/v1/dashboard", dashboardBody(object{"description": strings.Repeat("long ", 4000)}))
	for i := range 8 {
		must(t, s, "POST", "/api/v1/slo", sloBody(object{"name": fmt.Sprint("s", i)}))
		must(t, s, "POST", downtimesURL, downtimeBody(object{"scope": fmt.Sprint("n:", i), "notify_end_states": []any{"alert"}}))
	}
	list = listAll(s)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	data, err = os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data, list
}

func listAll(s *Server) string {
	list := ""
	for _, path := range []string{"v1/monitor", "v1/dashboard", "v1/slo", "v2/downtime"} {
		list += call(s, "GET", "/api/"+path, "").Body.String()
	}
	return list
}

// checkOpens opens a possibly damaged file. Either Open returns an error and does not change the file, or the damage is
// in an unused part of the file and everything works.
func checkOpens(t *testing.T, what string, data []byte, list string) (opened bool) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "box.db")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := Open(path, Options{Now: testNow})
	if err != nil {
		now, _ := os.ReadFile(path)
		if !strings.Contains(err.Error(), path) || !strings.Contains(err.Error(), "move it away") || !bytes.Equal(now, data) {
			t.Errorf("%s: %v, changed: %v", what, err, !bytes.Equal(now, data))
		}
		if text := err.Error(); strings.Contains(text, "goroutine") || strings.Contains(text, "0x") || strings.Contains(text, "runtime") {
			t.Errorf("%s: %v", what, err)
		}
		return false
	}
	defer func() {
		if err := s.Close(); err != nil {
			t.Errorf("%s: closing: %v", what, err)
		}
	}()
	if list != "" && listAll(s) != list {
		t.Errorf("%s: the lists differ from the stored objects", what)
	}
	must(t, s, "POST", "/api/v1/monitor", monitorBody(object{"name": "after"}))
	return true
}

// TestDamagedFiles damages every page of a file in every way.
func TestDamagedFiles(t *testing.T) {
	data, list := seededFile(t)
	if !checkOpens(t, "whole", data, list) {
		t.Fatal("an undamaged file does not open")
	}
	random := rand.New(rand.NewPCG(1, 2))
	noise := make([]byte, len(data))
	for i := range noise {
		noise[i] = byte(random.Uint32())
	}
	size := os.Getpagesize()
	rejected, tried := 0, 0
	for at := 0; at < len(data); at += size {
		page := data[at : at+size]
		with := func(new []byte) []byte {
			out := bytes.Clone(data)
			copy(out[at:at+size], new)
			return out
		}
		other := bytes.Clone(page)
		binary.NativeEndian.PutUint64(other, uint64(at/size+1)) // the id of another page
		flipped := bytes.Clone(page)
		flipped[8] ^= 0x13 // a page of another type
		long := bytes.Clone(page)
		binary.NativeEndian.PutUint32(long[12:], 1<<30) // overflows into pages that do not exist
		many := bytes.Clone(page)
		binary.NativeEndian.PutUint16(many[10:], 0xFFFE) // more elements than fit into the page
		for what, damaged := range map[string][]byte{
			"cut before": data[:at], "cut inside": data[:at+size/2], "zeros": with(make([]byte, size)), "noise": with(noise[at : at+size]),
			"ones": with(bytes.Repeat([]byte{0xff}, size)), "other page number": with(other), "other page type": with(flipped),
			"too long": with(long), "too many": with(many), "other page": with(data[3*size : 4*size]),
		} {
			if at == 0 && what == "cut before" {
				continue // an empty file is a valid new file
			}
			tried++
			want := list
			if binary.NativeEndian.Uint64(page) != uint64(at/size) {
				want = "" // the page holds the middle of a string, so that other content is valid too
			}
			if !checkOpens(t, fmt.Sprintf("page %d, %s", at/size, what), damaged, want) {
				rejected++
			}
		}
	}
	if rejected < tried/3 {
		t.Errorf("only %d of %d damaged files were detected", rejected, tried)
	}
}

// TestTreeCycles: following a cycle in a tree would overflow the stack.
func TestTreeCycles(t *testing.T) {
	data, list := seededFile(t)
	size := os.Getpagesize()
	branches := 0
	for at := 2 * size; at < len(data); at += size {
		page := data[at : at+size]
		if binary.NativeEndian.Uint16(page[8:]) != branchPage || binary.NativeEndian.Uint64(page) != uint64(at/size) {
			continue
		}
		branches++
		cycle := bytes.Clone(data)
		binary.NativeEndian.PutUint64(cycle[at+pageHeaderSize+8:], uint64(at/size))
		checkOpens(t, fmt.Sprintf("page %d below itself", at/size), cycle, list)
	}
	if branches == 0 {
		t.Fatal("no tree has a branch page")
	}
}

func TestForeignFiles(t *testing.T) {
	dir := t.TempDir()
	other := filepath.Join(dir, "other.db")
	db, err := bolt.Open(other, 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	err = db.Update(func(t *bolt.Tx) error { _, err := t.CreateBucket([]byte("key")); return err })
	if err := errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
	otherData, err := os.ReadFile(other)
	if err != nil {
		t.Fatal(err)
	}
	for what, data := range map[string][]byte{
		"another program's": otherData, "SQLite": []byte("SQLite format 3\x00" + strings.Repeat("\x00", 8192)), "text": []byte("hello\n"),
		"one byte": {0}, "zeros": make([]byte, 65536), "JSON": []byte(`{"monitors":[]}`),
	} {
		path := filepath.Join(dir, "box.db")
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := Open(path, Options{Now: testNow})
		now, _ := os.ReadFile(path)
		if err == nil || !strings.Contains(err.Error(), path+" is not a sandbox file") || !bytes.Equal(now, data) {
			t.Errorf("%s: %v", what, err)
		}
	}
	if _, err := Open(dir, Options{Now: testNow}); err == nil || !strings.Contains(err.Error(), dir+" is not a file") {
		t.Errorf("a folder: %v", err)
	}
	pipe := filepath.Join(dir, "pipe")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(pipe, Options{Now: testNow}); err == nil || !strings.Contains(err.Error(), pipe+" is not a file") {
		t.Errorf("a pipe: %v", err)
	}
	loop := filepath.Join(dir, "loop")
	if err := os.Symlink(loop, loop); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(loop, Options{Now: testNow}); err == nil || !strings.Contains(err.Error(), loop) {
		t.Errorf("a link to itself: %v", err)
	}
}

// TestFilesWithDamagedObjects opens files with a valid structure that contain invalid objects.
func TestFilesWithDamagedObjects(t *testing.T) {
	for bucket, pairs := range map[string]map[string]string{
		monitorBucket:   {"100000001": "{", "x": "{}", "100000002": "null", "100000003": "[]"},
		dashboardBucket: {"abc-def-ghi": "x", "abc-def-ghj": ""},
		duplicateBucket: {"a": "{"}, memberBucket: {"7": `["x"]`},
	} {
		for key, value := range pairs {
			path := filepath.Join(t.TempDir(), "box.db")
			s := openTestServer(t, path)
			err := s.store.update(func(t tx) error { return t.put(bucket, key, []byte(value)) })
			if err := errors.Join(err, s.Close()); err != nil {
				t.Fatal(err)
			}
			if _, err := Open(path, Options{Now: testNow}); err == nil || !strings.Contains(err.Error(), path+" is damaged") {
				t.Errorf("%s %s: %v", bucket, key, err)
			}
		}
	}
}

// TestDamageWhileServing truncates the file of a running server. Requests that need a missing page fail, and so do all
// further writes.
func TestDamageWhileServing(t *testing.T) {
	data, list := seededFile(t)
	path := filepath.Join(t.TempDir(), "box.db")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	s := openTestServer(t, path)
	if err := os.Truncate(path, 8192); err != nil {
		t.Fatal(err)
	}
	if got := listAll(s); got != list {
		t.Error("lists are served from memory, but a list changed")
	}
	for range 3 {
		w := call(s, "POST", "/api/v1/monitor", monitorBody(object{"name": "new"}))
		if w.Code != 500 || !strings.Contains(w.Body.String(), path) {
			t.Errorf("%d %s", w.Code, w.Body)
		}
		w = call(s, "POST", "/api/v1/monitor/validate", body(object{"type": "composite", "query": "100000002 && 100000003"}))
		if w.Code != 500 || !strings.Contains(w.Body.String(), path) {
			t.Errorf("%d %s", w.Code, w.Body)
		}
	}
	select {
	case <-s.Failed():
	default:
		t.Error("Failed is not closed")
	}
	if err := s.Failure(); err == nil || !strings.Contains(err.Error(), path+" is damaged") {
		t.Errorf("%v", err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

// TestDiskFull fails one commit. Writes that were confirmed before are kept, the failed write is not visible, and
// further writes fail even if there is space again.
func TestDiskFull(t *testing.T) {
	path := filepath.Join(t.TempDir(), "box.db")
	s := openTestServer(t, path)
	must(t, s, "POST", "/api/v1/monitor", monitorBody(object{"name": "before"}))
	list := listAll(s)
	file := s.store.(*fileStore)
	commit := file.commit
	file.commit = func(f func(*bolt.Tx) error) error {
		return commit(func(t *bolt.Tx) error { return errors.Join(f(t), syscall.ENOSPC) })
	}
	for range 2 {
		w := call(s, "POST", "/api/v1/monitor", monitorBody(object{"name": "lost"}))
		if w.Code != 500 || !strings.Contains(w.Body.String(), path) || !strings.Contains(w.Body.String(), "no space left") {
			t.Errorf("%d %s", w.Code, w.Body)
		}
		file.commit = commit
	}
	<-s.Failed()
	if listAll(s) != list {
		t.Error("the failed write is listed")
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if after := openTestServer(t, path); listAll(after) != list {
		t.Error("a confirmed write is missing")
	}
}

// TestFailedTransactionDoesNotStopWrites: the error of one transaction does not affect the others in the batch.
func TestFailedTransactionDoesNotStopWrites(t *testing.T) {
	s := openTestServer(t, filepath.Join(t.TempDir(), "box.db"))
	file := s.store.(*fileStore)
	wrong := errors.New("wrong")
	batch := make([]*queued, 5)
	for i := range batch {
		batch[i] = &queued{done: make(chan error, 1), do: func(t tx) error {
			if i%2 == 1 {
				return wrong
			}
			return t.put(widgetBucket, fmt.Sprint(i), []byte("x"))
		}}
	}
	for rest := batch; len(rest) > 0; {
		rest = file.try(rest)
	}
	for i, q := range batch {
		err := <-q.done
		_ = file.view(func(tx tx) error {
			if there := tx.get(widgetBucket, fmt.Sprint(i)) != nil; there != (i%2 == 0) || (err == nil) != there {
				t.Errorf("%d: %v, %v", i, err, there)
			}
			return nil
		})
	}
	if file.failure() != nil {
		t.Error(file.failure())
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := file.update(func(tx) error { return nil }); !errors.Is(err, errClosed) {
		t.Errorf("after Close: %v", err)
	}
}

// TestFileSizeLimit runs a sandbox in a process with a file size limit, which has the same effect as a full disk.
func TestFileSizeLimit(t *testing.T) {
	path := filepath.Join(t.TempDir(), "box.db")
	if os.Getenv("SANDBOX_FILE") != "" {
		fillFile(t, os.Getenv("SANDBOX_FILE"))
		return
	}
	binary, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("sh", "-c", `ulimit -f 600; exec "$0" -test.run '^TestFileSizeLimit$' -test.v`, binary)
	cmd.Env = append(os.Environ(), "SANDBOX_FILE="+path)
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	after := openTestServer(t, path)
	list := listAll(after)
	confirmed := 0
	for line := range strings.SplitSeq(string(out), "\n") {
		if id, ok := strings.CutPrefix(line, "confirmed "); ok {
			if confirmed++; !strings.Contains(list, `"`+id+`"`) {
				t.Errorf("%s was confirmed, but is missing", id)
			}
		}
	}
	if confirmed == 0 || strings.Count(list, `"layout_type"`) != confirmed {
		t.Errorf("%d confirmed, %d found\n%s", confirmed, strings.Count(list, `"layout_type"`), out)
	}
}

func fillFile(t *testing.T, path string) {
	s := openTestServer(t, path)
	for range 1000 {
		w := call(s, "POST", "/api/v1/dashboard", dashboardBody(object{"description": strings.Repeat("long ", 2000)}))
		if w.Code == 200 {
			fmt.Printf("confirmed %s\n", parse(t, w.Body.Bytes())["id"])
			continue
		}
		if w.Code != 500 || !strings.Contains(w.Body.String(), path) || s.Failure() == nil {
			t.Fatalf("%d %s, %v", w.Code, w.Body, s.Failure())
		}
		fmt.Println("rejected:", w.Body)
		return
	}
	t.Fatal("the file size is not limited")
}

// FuzzDamagedFile overwrites parts of a file with arbitrary bytes. Either Open rejects the file, or everything works.
func FuzzDamagedFile(f *testing.F) {
	data, _ := seededFile(f)
	f.Add(uint32(8192), []byte{0})
	f.Add(uint32(4096*3+8), []byte{1, 0, 255, 255})
	f.Add(uint32(16), []byte{0xED})
	f.Fuzz(func(t *testing.T, at uint32, with []byte) {
		damaged := bytes.Clone(data)
		copy(damaged[int(at)%len(damaged):], with)
		checkOpens(t, "fuzzed", damaged, "")
	})
}

// TestElementsOfAPage: an element that does not fit into its page is invalid, whichever of its parts does not.
func TestElementsOfAPage(t *testing.T) {
	const size = 64
	raw := func(flags, position, key, value uint32) []byte {
		out := make([]byte, size)
		for i, v := range []uint32{flags, position, key, value} {
			binary.NativeEndian.PutUint32(out[pageHeaderSize+4*i:], v)
		}
		return out
	}
	const room = size - pageHeaderSize
	for what, tt := range map[string]struct {
		raw  []byte
		i    int
		want bool
	}{
		"whole":              {raw(0, elementSize, 4, 8), 0, true},
		"bucket":             {raw(bucketElement, elementSize, 4, 8), 0, true},
		"up to the end":      {raw(0, elementSize, 4, room-elementSize-4), 0, true},
		"value past the end": {raw(0, elementSize, 4, room-elementSize-3), 0, false},
		"key past the end":   {raw(0, elementSize, room, 0), 0, false},
		"begins past it":     {raw(0, room+1, 0, 0), 0, false},
		"huge":               {raw(0, 1<<32-1, 1<<32-1, 1<<32-1), 0, false},
		"unknown flags":      {raw(bucketElement+1, elementSize, 4, 8), 0, false},
		"last in the page":   {raw(0, elementSize, 4, 8), 2, true},
		"past the page":      {raw(0, elementSize, 4, 8), 3, false},
		"cut":                {raw(0, elementSize, 4, 8)[:pageHeaderSize+elementSize-1], 0, false},
	} {
		isBucket, key, value, ok := page{raw: tt.raw}.element(tt.i)
		if ok != tt.want || tt.i == 0 && ok && (len(key) != 4 || len(value) < 8 || isBucket != (what == "bucket")) {
			t.Errorf("%s: %v, key of %d, value of %d, bucket %v", what, ok, len(key), len(value), isBucket)
		}
	}
}
