package cli_test

import (
	"net/http"
	"path/filepath"
	"strings"
	"testing"
)

// TestServePlays: sandbox serve answers from a recording, up to the time at which it plays.
func TestServePlays(t *testing.T) {
	base, _, _ := serving(t, "--data", filepath.Join(t.TempDir(), "box.db"), "--recording", filepath.Join(repository, "testdata", "incident-5"),
		"--at", "incident_start+5m", "--speed", "0")
	status, body := send(t, http.MethodGet, base+"/api/v1/query?from=1762697700&to=1762699000&query=max:rabbitmq.queue.consumers{queue:shipping-task}", "")
	if status != http.StatusOK || !strings.Contains(body, `[1762698120000,0]]`) || strings.Contains(body, `[1762698140000,`) {
		t.Errorf("%d %s", status, body)
	}
}
