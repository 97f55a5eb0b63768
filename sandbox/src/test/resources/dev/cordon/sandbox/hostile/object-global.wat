;; the same, in the initial value of a global
(module
  (type $a (array (mut i64)))
  (memory (export "memory") 1)
  (global $g (ref $a) (array.new_default $a (i32.const 100000000)))
  (func (export "analyse") (result i32) (i32.const 0)))
