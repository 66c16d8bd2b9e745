package planfile

import (
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
)

// ErrKey is the error of a plan that cannot be applied without the key that it was saved with.
var ErrKey = errors.New("cannot verify the sensitive values in the plan")

// deriveKey derives the key for the hashes of one file from a key that is not in the file and the salt, which is.
func deriveKey(key, salt []byte) []byte {
	derived, err := hkdf.Key(sha256.New, key, salt, "ddmon saved plan", sha256.Size)
	if err != nil {
		panic(err) // only for an invalid length
	}
	return derived
}

// keyCheck identifies a key. It reveals nothing about a key that cannot be guessed.
func keyCheck(hashKey []byte) string {
	h := hmac.New(sha256.New, hashKey)
	h.Write([]byte("ddmon key check")) // never returns an error
	return hex.EncodeToString(h.Sum(nil))
}

// Unlock sets the key of the plan's hashes. key returns the key with the name of SaveOptions.KeyName, or nil. It is not
// called for a plan without sensitive values or one that was saved without a key. The error wraps ErrKey. Call Unlock
// before Stale and Plan.
func (s *Saved) Unlock(key func(name string) []byte) error {
	if s.keyName == "" {
		return nil
	}
	k := key(s.keyName)
	if len(k) == 0 {
		return fmt.Errorf("%w: they were hashed with %s, which is not set or too short: set it to the value used for plan, or plan again", ErrKey, s.keyName)
	}
	derived := deriveKey(k, s.salt)
	if !hmac.Equal([]byte(keyCheck(derived)), []byte(s.keyCheck)) {
		return fmt.Errorf("%w: they were hashed with another %s: use the same key for plan and apply, set the same "+
			"DDMON_PLAN_KEY for both, or plan again", ErrKey, s.keyName)
	}
	s.hashKey = derived
	return nil
}
