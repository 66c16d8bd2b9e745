package sandbox

import (
	"bytes"
	"compress/gzip"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestFirstVersionFile opens a file that the first version of the sandbox wrote. It contains a monitor, a composite, a
// dashboard and a deleted dashboard.
func TestFirstVersionFile(t *testing.T) {
	packed, err := os.Open("testdata/first-version.db.gz")
	if err != nil {
		t.Fatal(err)
	}
	defer packed.Close()
	z, err := gzip.NewReader(packed)
	if err != nil {
		t.Fatal(err)
	}
	data, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "box.db")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	s := openTestServer(t, path)
	if now, err := os.ReadFile(path); err != nil || !bytes.Equal(now, data) {
		t.Errorf("opening the file changed it: %v", err)
	}
	list := listAll(s)
	if strings.Count(list, `"overall_state"`) != 2 || strings.Count(list, `"layout_type"`) != 1 {
		t.Errorf("%s", list)
	}
	if w := call(s, "DELETE", "/api/v1/monitor/100000001", ""); w.Code != 400 || !strings.Contains(w.Body.String(), "referenced in composite") {
		t.Errorf("the reference is missing: %d %s", w.Code, w.Body)
	}
	if m := must(t, s, "POST", "/api/v1/monitor", monitorBody(object{"name": "next"})); monitorURL(m) != "/api/v1/monitor/100000004" {
		t.Errorf("the next id: %v", m["id"])
	}
	// The file has no bucket for SLOs. The first SLO creates it.
	if list := must(t, s, "GET", "/api/v1/slo", ""); len(slosIn(list)) != 0 {
		t.Errorf("SLOs in a file without SLOs: %v", list)
	}
	if w := call(s, "DELETE", "/api/v1/slo/none", ""); w.Code != 404 {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	slo := sendSLO(t, s, "POST", "/api/v1/slo", sloBody(nil))
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	must(t, openTestServer(t, path), "GET", sloURL(slo), "")
}
