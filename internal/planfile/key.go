package planfile

import (
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
)

// ErrKey says that a plan cannot be carried out without the key that it was saved with.
var ErrKey = errors.New("the sensitive values in the plan cannot be checked")

// hashKey is what the values of one file are hashed with: from a key that is not in the file, and from the salt that is.
func hashKey(key, salt []byte) []byte {
	derived, err := hkdf.Key(sha256.New, key, salt, "ddmon saved plan", sha256.Size)
	if err != nil {
		panic(err) // only for a length that no hash has
	}
	return derived
}

// keyCheck identifies a key. It reveals nothing of a key that cannot be guessed.
func keyCheck(hashKey []byte) string {
	h := hmac.New(sha256.New, hashKey)
	h.Write([]byte("ddmon key check")) // a hash never fails to write
	return hex.EncodeToString(h.Sum(nil))
}

// Unlock gives the plan the key that its values were hashed with: key is asked for the one of SaveOptions.KeyName, and
// returns nil if there is none. A plan without sensitive values, or that was saved without a key, needs none. The error
// wraps ErrKey. Call it before Stale and Plan.
func (s *Saved) Unlock(key func(name string) []byte) error {
	if s.keyName == "" {
		return nil
	}
	k := key(s.keyName)
	if len(k) == 0 {
		return fmt.Errorf("%w: they were hashed with %s, which is not set or too short to protect them: set it as it was, or plan again", ErrKey, s.keyName)
	}
	hashes := hashKey(k, s.salt)
	if !hmac.Equal([]byte(keyCheck(hashes)), []byte(s.keyCheck)) {
		return fmt.Errorf("%w: they were hashed with another %s: use the one that the plan was made with, give both runs "+
			"one DDMON_PLAN_KEY of their own, or plan again", ErrKey, s.keyName)
	}
	s.hashes = hashes
	return nil
}
